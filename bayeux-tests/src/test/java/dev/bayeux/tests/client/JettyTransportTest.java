package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import org.junit.jupiter.api.Tag;

/** The contract of transports, over the HTTP client of Jetty. */
@Tag("transport:jetty")
class JettyTransportTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyLongPollingProvider();
    }
}
