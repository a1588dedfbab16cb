package dev.bayeux.core.transport;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one client, from its connect to its disconnect (C-95, C-111). What the JDK's store has found for an
 * address is kept until a response sets something, since each request asks for the same: to search the store again would
 * be a tenth of all that a client allocates.
 */
public final class ClientCookies extends CookieHandler {

    private final CookieManager manager = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Found last;

    private record Found(URI uri, Map<String, List<String>> headers) {}

    /** None yet. */
    public ClientCookies() {
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) throws IOException {
        Found found = last;
        return found != null && found.uri().equals(uri) ? found.headers() : search(uri, requestHeaders);
    }

    private Map<String, List<String>> search(URI uri, Map<String, List<String>> requestHeaders) throws IOException {
        lock.lock();
        try {
            Map<String, List<String>> headers = manager.get(uri, requestHeaders);
            last = mayExpire() ? null : new Found(uri, headers);
            return headers;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayExpire() {
        for (HttpCookie cookie : manager.getCookieStore().getCookies()) {
            if (cookie.getMaxAge() >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Forgets all: the server has refused the credentials that they were given for. */
    public void forget() {
        lock.lock();
        try {
            manager.getCookieStore().removeAll();
            last = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) throws IOException {
        for (String name : responseHeaders.keySet()) {
            if ("Set-Cookie".equalsIgnoreCase(name) || "Set-Cookie2".equalsIgnoreCase(name)) {
                store(uri, responseHeaders);
                return;
            }
        }
    }

    private void store(URI uri, Map<String, List<String>> responseHeaders) throws IOException {
        lock.lock();
        try {
            manager.put(uri, responseHeaders);
            last = null;
        } finally {
            lock.unlock();
        }
    }
}
