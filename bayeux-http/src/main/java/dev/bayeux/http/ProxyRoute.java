package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Transport;
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
 * Says whether a connection to a server goes directly or through an HTTP proxy. For transports that make their own HTTP
 * clients. Immutable. The text form has no secrets.
 */
public final class ProxyRoute {

    private static final int LOGIN_REQUIRED = 407;

    private final URI server;
    private final @Nullable InetSocketAddress proxy;
    private final @Nullable String authorization;

    private ProxyRoute(URI server, @Nullable InetSocketAddress proxy, @Nullable String authorization) {
        this.server = server;
        this.proxy = proxy;
        this.authorization = authorization;
    }

    /**
     * Finds the route to a server.
     *
     * @param uri an address with a scheme of HTTP or WebSocket
     * @param http the settings with proxies and their login
     * @return the present route; it may differ for the next request
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

    /** {@return the proxy's host and port; empty for a direct connection} */
    public Optional<InetSocketAddress> proxy() {
        return Optional.ofNullable(proxy);
    }

    /**
     * {@return the value of {@code Proxy-Authorization}, for the proxy and for no other host; empty if there is no
     * login}
     */
    public Optional<String> authorization() {
        return Optional.ofNullable(authorization);
    }

    /** {@return the host to which a connection is made, for texts: the proxy, otherwise the server's host} */
    public String firstHop() {
        return proxy == null ? server.getHost() : place(proxy);
    }

    /**
     * Makes the exception for a connection that could not be made, and names the server, and the proxy if there is one.
     * For a transport that knows the reason: the proxy refused a tunnel with some status, or connecting took too long.
     *
     * @param problem {@link Problem#NOT_CONNECTED} or {@link Problem#UNKNOWN_HOST}
     * @param reason the reason of the HTTP client; no secrets
     * @param failure the exception of the HTTP client
     * @return the exception for the transport
     */
    public TransportException unreachable(Problem problem, String reason, Throwable failure) {
        return new TransportException(problem, proxy == null
                ? "No connection to %s%s: %s".formatted(HttpFacts.place(server), ServerAddresses.of(server), reason)
                : "No connection to %s through the proxy %s: %s".formatted(HttpFacts.place(server), place(proxy),
                        reason),
                failure);
    }

    /**
     * Throws if a failure says that the proxy cannot be reached: an {@link UnknownHostException}, an
     * {@link UnresolvedAddressException} or a {@link ConnectException} is among its causes. The text then says that the
     * proxy does not answer. If the proxy has answered, call {@link #unreachable} with what it said. Does nothing for a
     * direct connection.
     *
     * @param failure the exception of the HTTP client
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

    /**
     * Makes the exception for HTTP status 407: the proxy requires a login, or refuses the login of a request or of a tunnel.
     * The proxy has not forwarded the request. The text names the proxy.
     *
     * @return the exception for the transport: {@link Problem#STATUS} with 407
     */
    public TransportException loginRefused() {
        return TransportException.ofStatus(LOGIN_REQUIRED, null, loginProblem());
    }

    /** {@return the text for status 407 if a proxy can have sent it; empty otherwise} */
    static Optional<String> loginProblem(int status, URI uri, HttpSettings http) {
        if (status != LOGIN_REQUIRED) {
            return Optional.empty();
        }
        ProxyRoute route = to(uri, http);
        return route.proxy == null ? Optional.empty() : Optional.of(route.loginProblem());
    }

    private String loginProblem() {
        String place = HttpFacts.place(server);
        return (proxy == null ? "A proxy" : "The proxy " + place(proxy)) + (authorization == null
                ? " wants a login before it forwards anything to %s (HTTP status 407): set HttpSettings.withProxyLogin."
                        .formatted(place)
                : " refuses the login for the way to %s (HTTP status 407). Is the login right, and does the proxy accept the scheme Basic?"
                        .formatted(place));
    }

    @Override
    public String toString() {
        return proxy == null ? "ProxyRoute[straight]" : "ProxyRoute[%s]".formatted(place(proxy));
    }

    private static String place(InetSocketAddress proxy) {
        // Joined and not formatted: some languages have their own digits.
        return proxy.getHostString() + ":" + proxy.getPort();
    }
}
