package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server: straight, or through an HTTP proxy. For transports that make HTTP clients of their own. Its text
 * form has no secrets.
 */
public final class ProxyRoute {

    private final URI server;
    private final @Nullable InetSocketAddress proxy;
    private final @Nullable String authorization;

    private ProxyRoute(URI server, @Nullable InetSocketAddress proxy, @Nullable String authorization) {
        this.server = server;
        this.proxy = proxy;
        this.authorization = authorization;
    }

    /**
     * Asks the settings for the way to a server.
     *
     * @param uri {@code http} or {@code https}; {@code ws} and {@code wss} count as such
     * @param http which proxies there are, and who logs in there
     * @return the way now; it may be another one for the next request
     */
    public static ProxyRoute to(URI uri, HttpSettings http) {
        URI server = uri.getScheme().toLowerCase(Locale.ROOT).startsWith("ws")
                ? URI.create("http" + uri.toString().substring(2))
                : uri;
        List<Proxy> choice = http.proxies().select(server);
        if (choice == null || choice.isEmpty() || choice.getFirst().type() != Proxy.Type.HTTP
                || !(choice.getFirst().address() instanceof InetSocketAddress proxy)) {
            return new ProxyRoute(server, null, null);
        }
        return new ProxyRoute(server, proxy,
                http.proxyAuthorization(proxy).orElse(null));
    }

    /**
     * {@return the proxy's host and port; nothing for the straight way}
     */
    public Optional<InetSocketAddress> proxy() {
        return Optional.ofNullable(proxy);
    }

    /**
     * {@return the value of {@code Proxy-Authorization}, which is for the proxy and nobody else; nothing if there is no
     * login}
     */
    public Optional<String> authorization() {
        return Optional.ofNullable(authorization);
    }

    /**
     * {@return where a connection is made to, for texts: the proxy, or else the server's host}
     */
    public String firstHop() {
        return proxy == null ? server.getHost() : place(proxy);
    }

    /**
     * Tells that no connection could be made, and where.
     *
     * @param problem {@link Problem#NOT_CONNECTED} or {@link Problem#UNKNOWN_HOST}
     * @param reason what the HTTP client says; no secrets
     * @param failure what it has thrown
     * @return the exception for {@link Transport#send}
     */
    public TransportException unreachable(Problem problem, String reason, Throwable failure) {
        return new TransportException(problem, proxy == null
                ? "No connection to %s%s: %s".formatted(HttpFacts.place(server), ServerAddresses.of(server), reason)
                : "No connection to %s through the proxy %s: %s".formatted(HttpFacts.place(server), place(proxy),
                        reason),
                failure);
    }

    /**
     * Throws if a failure says that the proxy cannot be reached. For what an HTTP client says in its own words there is
     * {@link #unreachable}.
     *
     * @param failure what the HTTP client has thrown
     * @throws TransportException if there is a proxy, and its name is unknown or no connection to it could be made
     */
    public void checkProxy(Throwable failure) {
        if (proxy == null) {
            return;
        }
        boolean refused = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                throw unreachable(Problem.UNKNOWN_HOST, "its name is unknown", failure);
            }
            refused = refused || cause instanceof ConnectException;
        }
        if (refused) {
            throw unreachable(Problem.NOT_CONNECTED, "it does not answer", failure);
        }
    }

    @Override
    public String toString() {
        return proxy == null ? "ProxyRoute[straight]" : "ProxyRoute[%s]".formatted(place(proxy));
    }

    private static String place(InetSocketAddress proxy) {
        return "%s:%d".formatted(proxy.getHostString(), proxy.getPort());
    }
}
