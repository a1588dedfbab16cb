package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * The client of one transport, from its first request until it is closed, or wants another, and the last request has left
 * it.
 *
 * @param <C> an HTTP client or a WebSocket client
 */
final class Lease<C extends LifeCycle> {

    private final @Nullable SharedClients<C> shared;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stay stay;
    private boolean closed;

    /** The use of one client. */
    final class Stay {

        private final C client;
        private int requests;
        private boolean over;

        private Stay(C client) {
            this.client = client;
        }

        C client() {
            return client;
        }

        /** Says that a request is over. */
        void leave() {
            lock.lock();
            try {
                requests--;
                releaseIfUnused();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            over = true;
            releaseIfUnused();
        }

        private void releaseIfUnused() {
            if (over && requests == 0 && shared != null) {
                shared.release(client);
            }
        }
    }

    private Lease(@Nullable SharedClients<C> shared, @Nullable C own) {
        this.shared = shared;
        this.stay = own == null ? null : new Stay(own);
    }

    /** Of the program's own client, which nobody here may stop. */
    static <C extends LifeCycle> Lease<C> of(C own) {
        return new Lease<>(null, own);
    }

    static <C extends LifeCycle> Lease<C> of(SharedClients<C> shared) {
        return new Lease<>(shared, null);
    }

    /** {@return a client, started, until {@link Stay#leave}} */
    Stay enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Stay now = stay();
            now.requests++;
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the client, started, until this is closed} */
    C client() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return stay().client;
        } finally {
            lock.unlock();
        }
    }

    private Stay stay() throws InterruptedException {
        if (closed) {
            throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
        }
        Stay now = stay;
        if (now == null) {
            if (shared == null) {
                throw new IllegalStateException("There is neither a client of the program nor a shared one.");
            }
            now = new Stay(shared.acquire());
            stay = now;
        }
        return now;
    }

    /** Lets who enters from now on have a client with other connections; the program's own stays as it is. */
    void renew() {
        lock.lock();
        try {
            Stay doubted = stay;
            if (shared != null && doubted != null) {
                shared.retire(doubted.client);
                stay = null;
                doubted.end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody enter any more. May be called twice. */
    void close() {
        lock.lock();
        try {
            closed = true;
            Stay last = stay;
            if (last != null) {
                stay = null;
                last.end();
            }
        } finally {
            lock.unlock();
        }
    }
}
