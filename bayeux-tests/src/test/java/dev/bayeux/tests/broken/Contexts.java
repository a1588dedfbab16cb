package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes in what is made of the client's settings. */
final class Contexts {

    private static final int CONNECT_MILLIS = 100;
    private static final Map<String, CookieHandler> SHARED = new ConcurrentHashMap<>();

    private Contexts() {
    }

    /** One store for each server instead of one for each client. */
    static TransportContext sharedCookies(TransportContext given) {
        CookieHandler shared = SHARED.computeIfAbsent(given.uri().getAuthority(), server -> new CookieManager());
        return given.withCookies(shared);
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
