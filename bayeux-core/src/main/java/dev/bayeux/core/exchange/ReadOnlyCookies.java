package dev.bayeux.core.exchange;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Shows the cookies of a store and stores none: the reply to a request beside the session must not change its cookies. */
final class ReadOnlyCookies extends CookieHandler {

    private final CookieHandler store;

    ReadOnlyCookies(CookieHandler store) {
        this.store = store;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) throws IOException {
        return store.get(uri, requestHeaders);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {
        // The cookies in the store belong to the session in use.
    }
}
