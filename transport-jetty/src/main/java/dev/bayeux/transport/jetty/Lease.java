package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * The client of one transport, from its first request until it is closed.
 *
 * @param <C> an HTTP client or a WebSocket client
 */
final class Lease<C extends LifeCycle> {

    private final @Nullable SharedClients<C> shared;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable C client;
    private boolean closed;

    private Lease(@Nullable SharedClients<C> shared, @Nullable C own) {
        this.shared = shared;
        this.client = own;
    }

    /** Of the program's own client, which nobody here may stop. */
    static <C extends LifeCycle> Lease<C> of(C own) {
        return new Lease<>(null, own);
    }

    static <C extends LifeCycle> Lease<C> of(SharedClients<C> shared) {
        return new Lease<>(shared, null);
    }

    /** {@return the client, started} */
    C client() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
            }
            C lent = client;
            if (lent == null) {
                if (shared == null) {
                    throw new IllegalStateException("There is neither a client of the program nor a shared one.");
                }
                lent = shared.acquire();
                client = lent;
            }
            return lent;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the client back. May be called twice. */
    void close() {
        lock.lock();
        try {
            if (!closed && client != null && shared != null) {
                shared.release();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
