package dev.bayeux.api.http;

import java.net.CookieHandler;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Stores cookies in memory, as RFC 6265 describes. Each client has its own unless the program brings another
 * {@link CookieHandler}. ({@link java.net.CookieManager} follows the older RFC 2965 instead: it drops a {@code Domain}
 * without a leading dot, which most servers send, and removes quotes that are part of a value.) Safe for concurrent
 * use.
 *
 * <p><b>Limits.</b> The store ignores a cookie of more than {@value #MAX_COOKIE_BYTES} characters in name and value. It
 * keeps at most {@value #MAX_PER_DOMAIN} cookies for a domain and {@value #MAX_COOKIES} in all. It removes expired
 * cookies first, then those that have not been sent for longest.
 *
 * <p><b>Public suffixes.</b> The store consults no list of them. It treats a {@code Domain} without a dot inside, such
 * as {@code com}, as one: the cookie is ignored, or belongs only to the host if the host has exactly this name.
 * {@code SameSite} and {@code HttpOnly} have no effect.
 *
 * <p>The text form has the number of cookies, not their names or values.
 */
public final class CookieJar extends CookieHandler {

    /** The most characters of a cookie's name and value together. */
    public static final int MAX_COOKIE_BYTES = 4096;

    /** The most cookies for one domain. */
    public static final int MAX_PER_DOMAIN = 50;

    /** The most cookies in all. */
    public static final int MAX_COOKIES = 3000;

    /** The most characters of the cookies that one request carries; many servers read no more of all headers. */
    public static final int MAX_HEADER_BYTES = 16_384;

    private static final Comparator<Cookie> LONGEST_UNUSED = Comparator.comparingLong(cookie -> cookie.used);
    private static final Comparator<Cookie> SENDING_ORDER = Comparator
            .comparingInt((Cookie cookie) -> cookie.set.path().length()).reversed()
            .thenComparingLong(cookie -> cookie.created);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of their creation. */
    private final List<Cookie> cookies = new ArrayList<>();
    private long counter;

    /** A cookie that is kept; when it was created and last sent, as numbers that only grow. */
    private static final class Cookie {

        private final SetCookie set;
        private final long created;
        /** The header of a request to which this cookie alone belongs. */
        private final Map<String, List<String>> header;
        private long used;

        Cookie(SetCookie set, long created, long used) {
            this.set = set;
            this.created = created;
            this.header = header(set.pair());
            this.used = used;
        }
    }

    private static Map<String, List<String>> header(String cookies) {
        return Map.of("Cookie", List.of(cookies));
    }

    /** Makes an empty store. */
    public CookieJar() {
        this(InstantSource.system());
    }

    CookieJar(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Finds the cookies for a request (RFC 6265, 5.4).
     *
     * @param uri the address of the request: {@code http}, {@code https}, {@code ws} or {@code wss}
     * @param requestHeaders ignored
     * @return the header {@code Cookie} with one value, longer paths first and older cookies before newer ones; empty
     *         if there is none. Cookies that would make it longer than {@link #MAX_HEADER_BYTES} are left out
     */
    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
        lock.lock();
        try {
            if (cookies.isEmpty() || uri.getHost() == null) {
                return Map.of();
            }
            removeExpired();
            counter++;
            if (cookies.size() == 1) {
                // Runs for each request, mostly with one cookie, so that case allocates nothing.
                return use(cookies.getFirst(), uri) ? cookies.getFirst().header : Map.of();
            }
            List<Cookie> chosen = new ArrayList<>(cookies.size());
            for (Cookie cookie : cookies) {
                if (use(cookie, uri)) {
                    chosen.add(cookie);
                }
            }
            if (chosen.size() == 1) {
                return chosen.getFirst().header;
            }
            chosen.sort(SENDING_ORDER);
            return chosen.isEmpty() ? Map.of() : header(joined(chosen));
        } finally {
            lock.unlock();
        }
    }

    /** As many as fit: a server could otherwise set so many that it refuses each later request. */
    private static String joined(List<Cookie> chosen) {
        StringBuilder joined = new StringBuilder();
        for (Cookie cookie : chosen) {
            String pair = cookie.set.pair();
            if (joined.length() + 2 + pair.length() <= MAX_HEADER_BYTES) {
                joined.append(joined.isEmpty() ? "" : "; ").append(pair);
            }
        }
        return joined.toString();
    }

    private boolean use(Cookie cookie, URI uri) {
        boolean belongs = cookie.set.belongsTo(uri);
        if (belongs) {
            cookie.used = counter;
        }
        return belongs;
    }

    /**
     * Stores the cookies of a response (RFC 6265, 5.3). Those that cannot be read, or are not for the response's host,
     * are ignored.
     *
     * @param uri the address of the request
     * @param responseHeaders all headers, their names in any case
     */
    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {
        if (uri.getHost() == null) {
            return;
        }
        responseHeaders.forEach((name, values) -> {
            if ("Set-Cookie".equalsIgnoreCase(name)) {
                values.forEach(value -> set(uri, value));
            }
        });
    }

    private void set(URI uri, String value) {
        Instant now = clock.instant();
        SetCookie set = SetCookie.parse(value, uri, now);
        if (set == null) {
            return;
        }
        lock.lock();
        try {
            Predicate<Cookie> same = cookie -> cookie.set.replaces(set);
            long created = cookies.stream().filter(same).mapToLong(cookie -> cookie.created).findFirst()
                    .orElse(++counter);
            cookies.removeIf(same);
            if (set.isExpired(now)) {
                return;
            }
            cookies.add(new Cookie(set, created, ++counter));
            removeExpired();
            shrink(cookie -> cookie.set.domain().equals(set.domain()), MAX_PER_DOMAIN);
            shrink(cookie -> true, MAX_COOKIES);
        } finally {
            lock.unlock();
        }
    }

    private void removeExpired() {
        Instant now = clock.instant();
        cookies.removeIf(cookie -> cookie.set.isExpired(now));
    }

    private void shrink(Predicate<Cookie> which, int most) {
        if (cookies.size() > most && cookies.stream().filter(which).count() > most) {
            cookies.stream().filter(which).min(LONGEST_UNUSED).ifPresent(cookies::remove);
        }
    }

    /** Forgets all cookies. */
    public void clear() {
        lock.lock();
        try {
            cookies.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return String.format(Locale.ROOT, "CookieJar[%d cookies]", cookies.size());
        } finally {
            lock.unlock();
        }
    }
}
