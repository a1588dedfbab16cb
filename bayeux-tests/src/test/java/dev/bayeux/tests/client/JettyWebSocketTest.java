package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import org.junit.jupiter.api.Tag;

@Tag("transport:jetty-websocket")
class JettyWebSocketTest extends FullDuplexContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JettyWebSocketProvider();
    }
}
