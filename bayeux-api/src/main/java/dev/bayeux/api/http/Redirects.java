package dev.bayeux.api.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which redirects of a server a client follows. An origin is a scheme, a host and a port (RFC 6454). Immutable.
 */
public final class Redirects {

    /** None: a redirect is a failure that shows its HTTP status. */
    public static final Redirects NEVER = new Redirects(false, Set.of());

    /** Those that stay at the origin: another path, such as one with a slash at its end. */
    public static final Redirects SAME_ORIGIN = new Redirects(true, Set.of());

    private final boolean sameOrigin;
    private final Set<String> others;

    private Redirects(boolean sameOrigin, Set<String> others) {
        this.sameOrigin = sameOrigin;
        this.others = others;
    }

    /**
     * Those that stay at the origin, and those that lead to one of some others.
     *
     * <p>The program's headers, those of its {@link dev.bayeux.api.Credentials} among them, and the cookies of the first
     * origin do not go to another one. The messages do, whole: with the client id, and with what in them proves who we
     * are, such as the {@code ext} of credentials in a handshake or what
     * {@link dev.bayeux.api.extension.MessageCredentials} adds. Name only origins that may have all of that.
     *
     * @param origins such as {@code https://eu.example.com}; paths and queries count for nothing
     * @return a policy
     * @throws IllegalArgumentException if one is not an {@code http} or {@code https} address with a host
     */
    public static Redirects alsoTo(URI... origins) {
        return new Redirects(true,
                Arrays.stream(origins).map(Redirects::origin).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whether to follow a redirect.
     *
     * @param from where the request went, {@code http} or {@code https}
     * @param to where the server sends us, absolute
     * @return {@code true} if it may be followed
     */
    public boolean allow(URI from, URI to) {
        if (!isHttp(to)) {
            return false;
        }
        String origin = origin(to);
        return sameOrigin && origin.equals(origin(from)) || others.contains(origin);
    }

    /**
     * Whether two addresses have the same origin.
     *
     * @param one {@code http} or {@code https}
     * @param other {@code http} or {@code https}
     * @return {@code true} if scheme, host and port are the same
     */
    public static boolean isSameOrigin(URI one, URI other) {
        return origin(one).equals(origin(other));
    }

    private static boolean isHttp(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null;
    }

    private static String origin(URI uri) {
        if (!isHttp(uri)) {
            throw new IllegalArgumentException("Not an address with http or https and a host.");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return "%s://%s:%d".formatted(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    @Override
    public String toString() {
        return "Redirects[%s%s]".formatted(sameOrigin ? "same origin" : "never", others.isEmpty() ? "" : " " + others);
    }
}
