package dev.bayeux.http;

import dev.bayeux.api.http.CookieJar;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores the cookies of responses. */
final class ResponseCookies {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private ResponseCookies() {
    }

    /**
     * Stores the cookies of a response. A store of the program does not receive cookies that the JDK cannot read, because the
     * JDK's store would log them with their secrets (C-111, C-135). A store that throws does not affect the response.
     */
    static void store(CookieHandler cookies, URI uri, Map<String, List<String>> headers) {
        try {
            cookies.put(uri, cookies instanceof CookieJar || !hasCookies(headers) ? headers : readable(uri, headers));
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING,
                    () -> "The store of cookies failed for a response of %s".formatted(HttpFacts.place(uri)), failed);
        }
    }

    private static Map<String, List<String>> readable(URI uri, Map<String, List<String>> headers) {
        Map<String, List<String>> readable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> readable.merge(name,
                isCookie(name) ? values.stream().filter(value -> isReadable(name, value, uri)).toList() : values,
                ResponseCookies::both));
        return readable;
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
