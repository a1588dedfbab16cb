package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.TransportContract;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import org.junit.jupiter.api.Tag;

/** The contract of transports, for callback-polling over the HTTP client of the JDK. */
@Tag("transport:jdk-callback-polling")
class JdkCallbackPollingTest extends TransportContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkCallbackPollingProvider();
    }

    @Override
    protected boolean posts() {
        return false;
    }

    /** Only in a JVM that is started with a property: {@code JdkTunnelLoginTest}. */
    @Override
    protected boolean logsInForTunnels() {
        return false;
    }
}
