package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jetty")
class JettyClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyLongPollingProvider();
    }
}
