package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;

/** The contract of transports, over the HTTP client of the JDK. */
class JdkTransportTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkLongPollingProvider();
    }
}
