package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.EngineContract;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jdk-websocket")
class JdkWebSocketClientTest extends EngineContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkWebSocketProvider();
    }

    @Override
    protected boolean fullDuplex() {
        return true;
    }
}
