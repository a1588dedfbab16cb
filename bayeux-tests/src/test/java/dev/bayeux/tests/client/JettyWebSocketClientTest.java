package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jetty-websocket")
class JettyWebSocketClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyWebSocketProvider();
    }

    @Override
    protected boolean fullDuplex() {
        return true;
    }
}
