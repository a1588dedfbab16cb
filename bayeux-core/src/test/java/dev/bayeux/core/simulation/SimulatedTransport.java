package dev.bayeux.core.simulation;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;

/** What both kinds of transport have in common. */
abstract class SimulatedTransport {

    final Network network;
    final World world;
    private final TransportContext context;
    private boolean closed;

    SimulatedTransport(Network network, TransportContext context) {
        this.network = network;
        this.context = context;
        this.world = network.world;
    }

    abstract String connectionType();

    /** Which of the server's places it goes to. */
    URI place() {
        return context.uri();
    }

    /** Who the client says it is. */
    String token() {
        return context.headers().headers().getOrDefault("Authorization", "");
    }

    /** The connections of this transport are lost. */
    abstract void breakNow();

    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void checkUsable() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (closed) {
            throw closedException();
        }
    }

    static TransportException closedException() {
        return new TransportException(Problem.CLOSED, "The transport is closed.", null);
    }

    static TransportException lost() {
        return new TransportException(Problem.LOST, "The connection was lost.", null);
    }

    static TransportException notConnected() {
        return new TransportException(Problem.NOT_CONNECTED, "Connection refused.", null);
    }
}
