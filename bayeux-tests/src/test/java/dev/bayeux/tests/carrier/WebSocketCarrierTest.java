package dev.bayeux.tests.carrier;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import org.junit.jupiter.api.Tag;

/** What any full-duplex carrier promises, a WebSocket promises too. */
@Tag("transport:jdk-websocket")
class WebSocketCarrierTest extends FullDuplexContract {

    @Override
    protected TransportProvider transportProvider() {
        return new JdkWebSocketProvider();
    }

    @Override
    protected ScriptedPeer newPeer() {
        return ScriptedServer.start();
    }
}
