package dev.bayeux.tests.broken;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.Coding;
import dev.bayeux.api.spi.TransportContext;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mistakes in what is made of the client's settings. */
final class Contexts {

    private static final int CONNECT_MILLIS = 100;

    private Contexts() {
    }

    /**
     * One store for each server instead of one for each client. Each rule has stores of its own: a server of another rule may
     * have had the same port.
     */
    static UnaryOperator<TransportContext> sharingCookies() {
        Map<String, CookieHandler> stores = new ConcurrentHashMap<>();
        return given -> given.withCookies(
                stores.computeIfAbsent(given.uri().getAuthority(), server -> new CookieManager()));
    }

    static TransportContext withoutProxy(TransportContext given) {
        return given.withHttp(given.http().withoutProxy());
    }

    static TransportContext trustingEverybody(TransportContext given) {
        return given.withHttp(given.http().withInsecureTls());
    }

    /** Sends the login for the proxy with each request, wherever that goes. */
    static TransportContext loggingInEverywhere(TransportContext given) {
        return given.http().proxyLogin().isEmpty()
                ? given
                : given.withHeaders(() -> Map.of("Proxy-Authorization", "Basic bWU6czNjcmV0"));
    }

    /** Proxies, TLS and the limit of an answer, as somebody leaves them out who has read only how to send. */
    static TransportContext careless(TransportContext given) {
        HttpSettings wanted = given.http();
        return given.withMaxReplyBytes(Integer.MAX_VALUE).withHttp(HttpSettings.DEFAULT.withoutProxy()
                .withRedirects(wanted.redirects()).withCodings(wanted.codings().toArray(Coding[]::new))
                .withRequestFormat(wanted.requestFormat()).withMessageTypeInUrl(wanted.messageTypeInUrl()));
    }

    static TransportContext keepingAlive(TransportContext given) {
        return given.withHttp(given.http().withKeepAlive(true));
    }

    static TransportContext headersOnce(TransportContext given) {
        Map<String, String> headers = given.headers().headers();
        return given.withHeaders(() -> headers);
    }

    static TransportContext connecting(TransportContext given) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(given.uri().getHost(), given.uri().getPort()), CONNECT_MILLIS);
            socket.close();
        } catch (IOException | IllegalArgumentException ignored) {
            // There is no server; send will find that out.
        }
        return given;
    }
}
