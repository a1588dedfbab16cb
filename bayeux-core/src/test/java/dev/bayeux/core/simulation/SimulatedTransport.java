package dev.bayeux.core.simulation;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;

/** What both kinds of transport have in common. */
abstract class SimulatedTransport implements Transport {

    final Network network;
    final World world;
    private boolean closed;

    SimulatedTransport(Network network) {
        this.network = network;
        this.world = network.world;
    }

    abstract String connectionType();

    /** The connections of this transport are lost. */
    abstract void breakNow();

    @Override
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
