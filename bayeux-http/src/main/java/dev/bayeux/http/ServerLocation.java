package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.CookieJar;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.api.spi.TransportContext;
import java.net.CookieHandler;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides where requests go: to the server's address, or where redirects lead, as far as the client's {@link Redirects}
 * allow. The program's headers, its credentials and its cookies belong to the server's origin (RFC 6454) and go to no
 * other origin; each other origin has its own cookies. Messages go wherever the redirects allow.
 */
final class ServerLocation {

    private static final int MOST_IN_A_ROW = 5;

    private final TransportContext context;
    private final Map<String, CookieHandler> foreignCookies = new ConcurrentHashMap<>();
    private volatile URI home;

    ServerLocation(TransportContext context) {
        this.context = context;
        String address = context.uri().toString();
        // Requests have no fragment.
        this.home = context.uri().getRawFragment() == null
                ? context.uri()
                : URI.create(address.substring(0, address.indexOf('#')));
    }

    /** Returns the server's address, or the one to which it has redirected permanently. */
    URI home() {
        return home;
    }

    /** Follows the redirects of one request. Not safe for concurrent use. */
    final class RequestTarget {

        private final String method;
        private final String suffix;
        private Set<URI> visited = Set.of();
        private URI at;
        private boolean own;
        private boolean forGood = true;

        /**
         * Starts at the server's address.
         *
         * @param at the address of the request
         * @param suffix the end of the address that belongs to this request alone
         */
        RequestTarget(String method, URI at, String suffix) {
            this.method = method;
            this.suffix = suffix;
            this.at = at;
            this.own = isOwn(at);
        }

        URI at() {
            return at;
        }

        /** Whether the program's headers may be sent to the present address. */
        boolean isOwn() {
            return own;
        }

        CookieHandler cookies() {
            return own
                    ? context.cookies()
                    : foreignCookies.computeIfAbsent(at.getScheme() + "://" + at.getRawAuthority(),
                            origin -> new CookieJar());
        }

        /**
         * Follows a redirect, if that is allowed. Does not make a POST a GET, as 301, 302 and 303 demand: the request would
         * arrive without its messages.
         *
         * @return whether the request must be sent to another address
         * @throws TransportException if redirects form a circle, or there are too many
         */
        boolean follow(HttpReply reply) {
            int status = reply.status();
            boolean sameRequest = status == 307 || status == 308
                    || method.equals("GET") && (status == 301 || status == 302 || status == 303);
            URI next = sameRequest ? target(reply.header("Location")) : null;
            if (next == null || !context.http().redirects().allow(at, next)) {
                return false;
            }
            if (visited.isEmpty()) {
                visited = new HashSet<>(Set.of(at));
            }
            if (!visited.add(next) || visited.size() > MOST_IN_A_ROW + 1) {
                throw TransportException.ofStatus(status, null,
                        "%s redirects with HTTP status %d, in a circle or more than %d times. Correct the server's redirects, or use its final address."
                                .formatted(HttpFacts.place(at), status, MOST_IN_A_ROW));
            }
            forGood &= status == 308 || status == 301;
            at = next;
            own = isOwn(next);
            return true;
        }

        /** Records that the request was answered at the present address. */
        void arrived() {
            String place = at.toString();
            if (visited.size() > 1 && forGood && place.endsWith(suffix)) {
                home = URI.create(place.substring(0, place.length() - suffix.length()));
            }
        }

        private boolean isOwn(URI uri) {
            return uri == context.uri() || Redirects.isSameOrigin(context.uri(), uri);
        }

        private @Nullable URI target(String location) {
            try {
                URI next = at.resolve(location.strip());
                return location.isBlank() || next.getHost() == null ? null : next;
            } catch (IllegalArgumentException unreadable) {
                return null;
            }
        }
    }
}
