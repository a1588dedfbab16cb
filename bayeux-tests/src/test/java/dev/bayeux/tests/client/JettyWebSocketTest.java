package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.WebSocketContract;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jetty-websocket")
class JettyWebSocketTest extends WebSocketContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyWebSocketProvider();
    }
}
