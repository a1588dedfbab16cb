package dev.bayeux.api.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cookie as a server has set it (RFC 6265, 5.2 and 5.3).
 *
 * @param name its name
 * @param value its value, quotes included
 * @param domain the host, or the domain all of whose hosts get it; lower case
 * @param hostOnly whether only that host gets it
 * @param path begins with a slash
 * @param secure whether it goes over TLS only
 * @param expiry when it ends; {@code null} for the end of the session
 */
record SetCookie(String name, String value, String domain, boolean hostOnly, String path, boolean secure,
        @Nullable Instant expiry) {

    private static final int MAX_ATTRIBUTE = 1024;
    private static final int DIGITS_OF_MAX_AGE = 18;
    /** The most that browsers keep a cookie, and far from the end of what an {@link Instant} can hold. */
    private static final Duration LONGEST = Duration.ofDays(400);

    /** Reads the value of a header {@code Set-Cookie}; {@code null} if it is to be ignored. */
    static @Nullable SetCookie parse(String header, URI uri, Instant now) {
        if (header.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            return null;
        }
        int end = end(header, 0);
        int equals = header.indexOf('=');
        if (equals < 0 || equals > end) {
            return null;
        }
        String name = strip(header.substring(0, equals));
        String value = strip(header.substring(equals + 1, end));
        String host = host(uri);
        Attributes attributes = Attributes.parse(header, end, now);
        if (name.isEmpty() || name.length() + value.length() > CookieJar.MAX_COOKIE_BYTES) {
            return null;
        }
        String domain = attributes.domain;
        if (isPublicSuffix(domain) && domain.equals(host)) {
            domain = "";
        }
        if (!domain.isEmpty() && (isPublicSuffix(domain) || !domainMatches(host, domain))) {
            return null;
        }
        return new SetCookie(name, value, domain.isEmpty() ? host : domain, domain.isEmpty(),
                attributes.path.startsWith("/") ? attributes.path : defaultPath(uri), attributes.secure,
                attributes.maxAge != null ? attributes.maxAge : attributes.expires);
    }

    /** The attributes after the value; of repeated attributes the last counts. */
    private static final class Attributes {

        private String domain = "";
        private String path = "";
        private boolean secure;
        private @Nullable Instant maxAge;
        private @Nullable Instant expires;

        static Attributes parse(String header, int from, Instant now) {
            Attributes all = new Attributes();
            for (int start = from + 1; start <= header.length();) {
                int end = end(header, start);
                // Not beyond the end: a header of semicolons alone would take a time that grows with its square.
                int equals = header.indexOf('=', start, end);
                boolean hasValue = equals >= 0;
                String value = hasValue ? strip(header.substring(equals + 1, end)) : "";
                if (value.length() <= MAX_ATTRIBUTE) {
                    all.take(strip(header.substring(start, hasValue ? equals : end)).toLowerCase(Locale.ROOT), value,
                            now);
                }
                start = end + 1;
            }
            return all;
        }

        private void take(String name, String value, Instant now) {
            switch (name) {
                case "domain" -> {
                    if (!value.isEmpty()) {
                        domain = (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
                    }
                }
                case "path" -> path = value;
                case "secure" -> secure = true;
                case "max-age" -> {
                    Instant read = after(value, now);
                    maxAge = read == null ? maxAge : read;
                }
                case "expires" -> {
                    Instant read = CookieDate.parse(value);
                    expires = read == null ? expires : read;
                }
                default -> {
                    // Not for us.
                }
            }
        }

        /** RFC 6265, 5.2.2: digits, perhaps with a minus sign; {@code null} for anything else. */
        private static @Nullable Instant after(String seconds, Instant now) {
            boolean negative = seconds.startsWith("-");
            String digits = negative ? seconds.substring(1) : seconds;
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            if (negative) {
                return Instant.MIN;
            }
            Duration age = digits.length() > DIGITS_OF_MAX_AGE
                    ? LONGEST
                    : Duration.ofSeconds(Long.parseLong(digits));
            return age.isZero() ? Instant.MIN : now.plus(age.compareTo(LONGEST) > 0 ? LONGEST : age);
        }
    }

    boolean isExpired(Instant now) {
        return expiry != null && !expiry.isAfter(now);
    }

    /** Whether it is the same cookie: RFC 6265, 5.3, step 11. */
    boolean replaces(SetCookie other) {
        return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    /** Whether a request to there carries it: RFC 6265, 5.4, step 1. */
    boolean belongsTo(URI uri) {
        String host = host(uri);
        return (hostOnly ? host.equals(domain) : domainMatches(host, domain)) && pathMatches(path(uri), path)
                && (!secure || isSecure(uri));
    }

    String pair() {
        return name + "=" + value;
    }

    private static boolean isSecure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean isPublicSuffix(String domain) {
        return !domain.isEmpty() && domain.indexOf('.') < 0 && domain.indexOf(':') < 0;
    }

    /** RFC 6265, 5.1.3: an address matches itself only. */
    private static boolean domainMatches(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain) && !isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** RFC 6265, 5.1.4. */
    private static boolean pathMatches(String request, String path) {
        return request.equals(path) || request.startsWith(path)
                && (path.endsWith("/") || request.charAt(path.length()) == '/');
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String defaultPath(URI uri) {
        String path = path(uri);
        int last = path.lastIndexOf('/');
        return last <= 0 ? "/" : path.substring(0, last);
    }

    private static int end(String header, int from) {
        int semicolon = header.indexOf(';', from);
        return semicolon < 0 ? header.length() : semicolon;
    }

    /** Without blanks and tabs at both ends. */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public String toString() {
        return "SetCookie[%s]".formatted(name);
    }
}
