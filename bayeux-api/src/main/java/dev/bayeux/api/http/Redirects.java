package dev.bayeux.api.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which redirects of a server a client follows. An origin is a scheme, a host and a port (RFC 6454). Immutable.
 */
public final class Redirects {

    /** Follows no redirect: a redirect is a failure that shows its HTTP status. */
    public static final Redirects NEVER = new Redirects(false, Set.of());

    /** Follows redirects within the origin: to another path, such as one with a slash at its end. */
    public static final Redirects SAME_ORIGIN = new Redirects(true, Set.of());

    private final boolean sameOrigin;
    private final Set<String> others;

    private Redirects(boolean sameOrigin, Set<String> others) {
        this.sameOrigin = sameOrigin;
        this.others = others;
    }

    /**
     * Makes a policy that follows redirects within the origin and to some other origins.
     *
     * <p>The program's headers, the headers of its {@link dev.bayeux.api.Credentials}, and the cookies of the first
     * origin never go to another origin. The messages do, whole. They contain the client id, the {@code ext} of
     * credentials in a handshake, and what {@link dev.bayeux.api.extension.MessageCredentials} adds. Name only origins
     * that may have all of that.
     *
     * @param origins such as {@code https://eu.example.com}; paths and queries are ignored
     * @return a policy
     * @throws IllegalArgumentException if one is not an {@code http} or {@code https} address with a host
     */
    public static Redirects alsoTo(URI... origins) {
        return new Redirects(true,
                Arrays.stream(origins).map(Redirects::origin).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Says whether the client follows a redirect.
     *
     * @param from the address of the request, {@code http} or {@code https}
     * @param to the address to which the server redirects, absolute
     * @return {@code true} if it may be followed
     */
    public boolean allow(URI from, URI to) {
        if (!isHttp(to)) {
            return false;
        }
        return sameOrigin && isSameOrigin(from, to) || others.contains(origin(to));
    }

    /**
     * Says whether two addresses have the same origin.
     *
     * @param one {@code http} or {@code https}
     * @param other {@code http} or {@code https}
     * @return {@code true} if scheme, host and port are the same
     */
    public static boolean isSameOrigin(URI one, URI other) {
        check(one);
        check(other);
        return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static boolean isHttp(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null;
    }

    private static void check(URI uri) {
        if (!isHttp(uri)) {
            throw new IllegalArgumentException(
                    "An origin needs the scheme http or https, and a host, as in https://eu.example.com.");
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String origin(URI uri) {
        check(uri);
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port(uri)).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Redirects[%s%s]".formatted(sameOrigin ? "same origin" : "never", others.isEmpty() ? "" : " " + others);
    }
}
