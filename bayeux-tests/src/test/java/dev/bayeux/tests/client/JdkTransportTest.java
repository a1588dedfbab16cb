package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import org.junit.jupiter.api.Tag;

/** The contract of transports, over the HTTP client of the JDK. */
@Tag("transport:jdk")
class JdkTransportTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkLongPollingProvider();
    }

    /** Only in a JVM that is started with a property: {@code JdkTunnelLoginTest}. */
    @Override
    protected boolean logsInForTunnels() {
        return false;
    }
}
