package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;

/** The contract of transports, over the HTTP client of Jetty. */
class JettyTransportTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyLongPollingProvider();
    }
}
