package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one transport, from its first request until it is closed, or wants another, and the last request has
 * left it. Not before: a client that is shut down does not close a connection that is opened a moment later.
 */
final class Lease {

    private final @Nullable SharedClients shared;
    private final HttpSettings http;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stay stay;
    private boolean closed;

    /** The use of one client. */
    final class Stay {

        private final HttpClient client;
        private int requests;
        private boolean over;

        private Stay(HttpClient client) {
            this.client = client;
        }

        HttpClient client() {
            return client;
        }

        /** Says that a request is over, also for the thread that sent it. */
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

    private Lease(@Nullable SharedClients shared, @Nullable HttpClient own, HttpSettings http) {
        this.shared = shared;
        this.stay = own == null ? null : new Stay(own);
        this.http = http;
    }

    /** Of the program's own client, which nobody here may shut down. Its proxies are its own affair. */
    static Lease of(HttpClient own) {
        return new Lease(null, own, HttpSettings.DEFAULT.withoutProxy());
    }

    static Lease of(SharedClients shared, HttpSettings http) {
        return new Lease(shared, null, http);
    }

    /** {@return which proxies there are, as far as we have a say in it} */
    HttpSettings http() {
        return http;
    }

    /** {@return a client, until {@link Stay#leave}} */
    Stay enter() {
        lock.lock();
        try {
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
            now.requests++;
            return now;
        } finally {
            lock.unlock();
        }
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
