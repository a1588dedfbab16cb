package dev.bayeux.tests.carrier;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.FullDuplexContract;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.StreamServer;
import org.junit.jupiter.api.Tag;

/** The contract of full-duplex transports, for a carrier that is no WebSocket. */
@Tag("transport:tcp")
class TcpTransportTest extends FullDuplexContract {

    @Override
    protected TransportProvider transportProvider() {
        return new TcpProvider();
    }

    @Override
    protected ScriptedPeer newPeer() {
        return StreamServer.start(new LengthFraming());
    }
}
