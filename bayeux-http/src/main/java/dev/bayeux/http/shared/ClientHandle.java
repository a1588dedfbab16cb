package dev.bayeux.http.shared;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives one transport its HTTP client. The transport has the client from its first request until it is closed, or asks
 * for another client with {@link #renew}, and the last request has left the client. The client is not stopped earlier,
 * because an HTTP client that is stopped may leave a connection open that is made a moment later. Safe for use by several
 * threads.
 *
 * @param <C> the client
 */
public final class ClientHandle<C> {

    private final Source<C> source;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Use use;
    private boolean closed;

    /** Supplies the client. */
    @FunctionalInterface
    interface Source<C> {

        Shared<C> acquire() throws InterruptedException;
    }

    /** A client that other transports may use too. */
    interface Shared<C> {

        C client();

        /**
         * Gives the client to no other transport, since its connections may be dead. Transports that have it continue.
         * Only the first of many calls counts, so that the callers share one client again.
         */
        void retire();

        /** Ends the use of the client by one transport. Called once. */
        void release();
    }

    /** A client of the program, which is neither stopped nor replaced here. */
    private record Own<C>(C client) implements Shared<C> {

        @Override
        public void retire() {
            // The program uses the client for other purposes too.
        }

        @Override
        public void release() {
            // The program stops it.
        }
    }

    /** Represents the use of one client by requests in flight. */
    public final class Use {

        private final Shared<C> shared;
        private int requests;
        private boolean over;

        private Use(Shared<C> shared) {
            this.shared = shared;
        }

        /**
         * {@return the client}
         */
        public C client() {
            return shared.client();
        }

        /** Records that a request has ended: once for each {@link ClientHandle#enter}, on any thread. */
        public void leave() {
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
            if (over && requests == 0) {
                shared.release();
            }
        }
    }

    ClientHandle(Source<C> source) {
        this.source = source;
    }

    /**
     * {@return the handle of a client that the program brings: it is never stopped here, and never replaced}
     *
     * @param own the client
     * @param <C> the client
     */
    public static <C> ClientHandle<C> of(C own) {
        Own<C> shared = new Own<>(own);
        return new ClientHandle<>(() -> shared);
    }

    /**
     * Begins a request.
     *
     * @return the client, for use until {@link Use#leave}
     * @throws TransportException if the handle is closed, or no client could be made
     * @throws InterruptedException if the thread is interrupted; nothing has begun then
     */
    public Use enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
            }
            Use now = use;
            if (now == null) {
                now = new Use(source.acquire());
                use = now;
            }
            now.requests++;
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Gives later requests a client with other connections. A client that the program has brought stays. */
    public void renew() {
        lock.lock();
        try {
            if (use != null) {
                use.shared.retire();
            }
            endUse();
        } finally {
            lock.unlock();
        }
    }

    /** Rejects later requests. May be called twice. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            endUse();
        } finally {
            lock.unlock();
        }
    }

    private void endUse() {
        Use last = use;
        if (last != null) {
            use = null;
            last.end();
        }
    }
}
