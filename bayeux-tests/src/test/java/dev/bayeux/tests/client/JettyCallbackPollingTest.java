package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jetty.JettyCallbackPollingProvider;
import org.junit.jupiter.api.Tag;

/** The contract of transports, for callback-polling over the HTTP client of Jetty. */
@Tag("transport:jetty-callback-polling")
class JettyCallbackPollingTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyCallbackPollingProvider();
    }

    @Override
    protected boolean posts() {
        return false;
    }
}
