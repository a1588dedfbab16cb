package dev.bayeux.tests.client;

import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.contract.EngineContract;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import dev.bayeux.tests.server.ScriptedPeer;
import org.junit.jupiter.api.Tag;

@Tag("transport:memory")
class MemoryClientTest extends EngineContract {

    private final MemoryServer server = new MemoryServer();

    @Override
    protected TransportProvider transportProvider() {
        return new MemoryTransportProvider(server);
    }

    @Override
    protected ScriptedPeer newPeer() {
        return server;
    }

    @Override
    protected boolean http() {
        return false;
    }
}
