package dev.bayeux.api;

import dev.bayeux.api.error.SafeText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Names a server by its address and, where they differ, by addresses for single transports. Immutable. The text form
 * has scheme, host, port and path, and no query, which may contain a secret. An address contains no user and password;
 * use {@link Credentials#basic}.
 */
public final class Endpoint {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private final URI uri;
    private final Map<String, URI> urls;

    private Endpoint(URI uri, Map<String, URI> urls) {
        this.uri = uri;
        this.urls = Map.copyOf(urls);
    }

    /**
     * Makes an endpoint with one address for all transports.
     *
     * @param uri the address, {@code http} or {@code https}; {@code ws} and {@code wss} mean the same, since the
     *            transport makes the difference
     * @return an endpoint
     * @throws IllegalArgumentException if it has another scheme, or no host
     */
    public static Endpoint of(URI uri) {
        return new Endpoint(http(uri), Map.of());
    }

    /**
     * Returns a copy with another address for one transport. Both addresses must lead to the same server, because a
     * session may begin over one transport and continue over another.
     *
     * @param transport the name of a transport, or a connection type
     * @param url its address, {@code http} or {@code https}, or {@code ws} or {@code wss}
     * @return an endpoint
     * @throws IllegalArgumentException if the address has another scheme, or no host
     */
    public Endpoint withUrl(String transport, URI url) {
        Map<String, URI> more = new LinkedHashMap<>(urls);
        more.put(Objects.requireNonNull(transport, "transport"), http(url));
        return new Endpoint(uri, more);
    }

    /** {@return the address for all transports without a separate address, {@code http} or {@code https}} */
    public URI uri() {
        return uri;
    }

    /**
     * {@return other addresses of the same server by transport: its name, such as {@code "jdk-websocket"}, or its
     * connection type, such as {@code "websocket"}; unmodifiable}
     */
    public Map<String, URI> urls() {
        return urls;
    }

    /**
     * Finds the address for a transport.
     *
     * @param transport the transport's name
     * @param connectionType the transport's connection type
     * @return the address for the name, otherwise for the type, otherwise for all transports
     */
    public URI urlFor(String transport, String connectionType) {
        return urls.getOrDefault(transport, urls.getOrDefault(connectionType, uri));
    }

    /**
     * Says whether a server's advice means this endpoint. An address without a port has the port of its scheme, 80 or
     * 443.
     *
     * @param host the name of a host, perhaps with a colon and a port, in any case
     * @return whether the address for all transports is at that host
     */
    public boolean isAt(String host) {
        // Joined and not formatted: some languages have their own digits.
        return host.equalsIgnoreCase(uri.getHost()) || host.equalsIgnoreCase(uri.getHost() + ":" + port());
    }

    private int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    private static URI http(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String http = scheme.equals("ws") ? "http" : scheme.equals("wss") ? "https" : scheme;
        check(http, url);
        return http.equals(scheme) ? url : URI.create(http + url.toString().substring(scheme.length()));
    }

    private static void check(String scheme, URI uri) {
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw invalid(scheme.equals("null")
                    ? "this one has no scheme"
                    : "not with " + SafeText.of(scheme) + "://");
        }
        String authority = uri.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "A server's address must not hold a user or password, which may end up in logs. Leave them out, and give them with ClientBuilder.credentials(refused -> Credentials.basic(user, password)).");
        }
        if (authority == null) {
            throw invalid("this one names no host");
        }
        if (uri.getHost() == null) {
            throw invalid(
                    "\"%s\" is not a host and port: a host has letters, digits, dots and hyphens, and no underscore. Use another name of that machine, or its IP address"
                            .formatted(SafeText.of(authority)));
        }
        if (uri.getPort() > MAX_PORT) {
            throw invalid("port %s is too large".formatted(Integer.toString(uri.getPort())));
        }
    }

    private static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(
                "A server's address starts with http:// or https:// and names a host, and perhaps a port up to 65535, as in http://localhost:8080/cometd; %s."
                        .formatted(why));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint endpoint && endpoint.uri.equals(uri) && endpoint.urls.equals(urls);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, urls);
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : SafeText.of(uri.getRawPath()));
    }
}
