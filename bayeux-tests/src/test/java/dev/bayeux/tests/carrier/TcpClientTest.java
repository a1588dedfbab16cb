package dev.bayeux.tests.carrier;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.ClientContract;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.StreamServer;
import org.junit.jupiter.api.Tag;

/** The contract of clients, over a carrier with a connection type of its own. */
@Tag("transport:tcp")
class TcpClientTest extends ClientContract {

    @Override
    protected TransportProvider transportProvider() {
        return new TcpProvider();
    }

    @Override
    protected ScriptedPeer newPeer() {
        return StreamServer.start(new LengthFraming());
    }

    @Override
    protected boolean http() {
        return false;
    }

    @Override
    protected boolean headersAndStatuses() {
        return false;
    }

    @Override
    protected boolean fullDuplex() {
        return true;
    }
}
