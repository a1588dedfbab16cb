package dev.bayeux.tests.memory;

import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;
import dev.bayeux.tests.server.MemoryServer;

/**
 * Opens transports to a server in the same virtual machine, without a network. They behave like long-polling, headers,
 * cookies and status included.
 */
public final class MemoryTransportProvider implements TransportProvider {

    private final MemoryServer server;

    /**
     * Makes a provider of transports to one server.
     *
     * @param server receives all requests, whatever their address
     */
    public MemoryTransportProvider(MemoryServer server) {
        this.server = server;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String connectionType() {
        return LongPollingTransport.CONNECTION_TYPE;
    }

    @Override
    public RequestResponseTransport open(TransportContext context) {
        return new LongPollingTransport(context, server.newExchanger());
    }
}
