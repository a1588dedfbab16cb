package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one transport, from its first request until it is closed and the last request has left it. Not
 * before: a client that is shut down does not close a connection that is opened a moment later.
 */
final class Lease {

    private final @Nullable SharedClients shared;
    private final HttpSettings http;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;
    private int users;
    private boolean closed;

    private Lease(@Nullable SharedClients shared, @Nullable HttpClient own, HttpSettings http) {
        this.shared = shared;
        this.client = own;
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

    /** {@return the client, until {@link #leave}} */
    HttpClient enter() {
        lock.lock();
        try {
            if (closed) {
                throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
            }
            HttpClient lent = client;
            if (lent == null) {
                if (shared == null) {
                    throw new IllegalStateException("There is neither a client of the program nor a shared one.");
                }
                lent = shared.acquire();
                client = lent;
            }
            users++;
            return lent;
        } finally {
            lock.unlock();
        }
    }

    /** Says that a request is over, also for the thread that sent it. */
    void leave() {
        lock.lock();
        try {
            users--;
            releaseIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody enter any more. May be called twice. */
    void close() {
        lock.lock();
        try {
            closed = true;
            releaseIfUnused();
        } finally {
            lock.unlock();
        }
    }

    private void releaseIfUnused() {
        HttpClient unused = client;
        if (closed && users == 0 && unused != null) {
            client = null;
            if (shared != null) {
                shared.release(unused);
            }
        }
    }
}
