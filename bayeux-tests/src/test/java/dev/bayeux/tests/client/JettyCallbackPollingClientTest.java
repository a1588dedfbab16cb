package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jetty.JettyCallbackPollingProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jetty-callback-polling")
class JettyCallbackPollingClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyCallbackPollingProvider().withMaxUriLength(7_000);
    }

    @Override
    protected boolean posts() {
        return false;
    }
}
