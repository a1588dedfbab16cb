package dev.bayeux.api.spi;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores what a response sets. */
final class ResponseCookies {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private ResponseCookies() {
    }

    /**
     * Stores the cookies of a response, but for those that cannot be read: the JDK's store would write them, secrets and
     * all, to a log (C-111, C-135).
     */
    static void store(CookieHandler cookies, URI uri, Map<String, List<String>> headers) throws IOException {
        if (!hasCookies(headers)) {
            cookies.put(uri, headers);
            return;
        }
        Map<String, List<String>> readable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> readable.merge(name,
                isCookie(name) ? values.stream().filter(value -> isReadable(name, value, uri)).toList() : values,
                ResponseCookies::both));
        cookies.put(uri, readable);
    }

    private static boolean hasCookies(Map<String, List<String>> headers) {
        for (String name : headers.keySet()) {
            if (isCookie(name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> both(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    private static boolean isCookie(String name) {
        return name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Set-Cookie2");
    }

    private static boolean isReadable(String name, String value, URI uri) {
        try {
            HttpCookie.parse(name + ": " + value);
            return true;
        } catch (IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, () -> "A cookie of %s cannot be read".formatted(HttpFacts.place(uri)));
            return false;
        }
    }
}
