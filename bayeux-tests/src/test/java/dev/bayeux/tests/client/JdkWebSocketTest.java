package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.WebSocketContract;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jdk-websocket")
class JdkWebSocketTest extends WebSocketContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkWebSocketProvider();
    }

    @Override
    protected boolean showsUpgradeHeaders() {
        return false;
    }

    /** It does so in a JVM started with a property: JdkTunnelLoginTest. */
    @Override
    protected boolean logsInForTunnels() {
        return false;
    }

    /** It waits for the body, and then shows neither. */
    @Override
    protected boolean tellsCutRefusals() {
        return false;
    }
}
