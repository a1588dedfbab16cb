package dev.bayeux.transport.jdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of several addresses that a server's name stands for. The JDK's client (25) connects only to the first. If that cannot
 * be reached, a request goes to another IP address, with the name in its header {@code Host} and in TLS ({@link WrappedTls}).
 *
 * @param name the server's name
 * @param port the server's port
 * @param address the IP address
 */
record OtherAddress(String name, int port, InetAddress address) {

    /** How long a connection may take before the client tries other addresses, and how long each of those may take. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    static {
        allow("host");
        allow("connection");
    }

    /**
     * The JDK allows a request to set {@code Host} or {@code Connection} only if this property of the whole JVM names the
     * header. It reads the property when the first client is made. There is no other way to reach a chosen address, or to ask
     * the server to close a connection. The property has no effect on other requests.
     */
    private static void allow(String header) {
        String others = System.getProperty(RESTRICTED);
        if (others == null || Arrays.stream(others.split(",")).noneMatch(header::equalsIgnoreCase)) {
            System.setProperty(RESTRICTED, others == null || others.isBlank() ? header : others + "," + header);
        }
    }

    /** Loads this class, before the JDK's client reads the property. */
    static void prepare() {
        // The static initializer does the work.
    }

    /** Whether the JDK has read the property with the value that is set here. */
    static boolean isUsable() {
        try {
            HttpRequest.newBuilder().header("Host", "a");
            return true;
        } catch (IllegalArgumentException restricted) {
            return false;
        }
    }

    /**
     * Finds an address that accepts connections.
     *
     * @param uri with the server's name
     * @param tried the address that could not be reached; {@code null} for the first, which the JDK tries by
     *            itself
     * @return another address; empty if none can be reached, or the name has only one
     * @throws InterruptedException if the thread is interrupted
     */
    static Optional<OtherAddress> find(URI uri, @Nullable OtherAddress tried) throws InterruptedException {
        InetAddress[] all = addresses(uri);
        if (all.length < 2 || !isUsable()) {
            return Optional.empty();
        }
        InetAddress dead = tried == null ? all[0] : tried.address();
        for (InetAddress address : all) {
            if (!address.equals(dead) && isReachable(new InetSocketAddress(address, port(uri)))) {
                return Optional.of(new OtherAddress(uri.getHost(), port(uri), address));
            }
        }
        return Optional.empty();
    }

    /** Whether the first address accepts connections, or is the only one. */
    static boolean isFirstReachable(URI uri) throws InterruptedException {
        InetAddress[] all = addresses(uri);
        return all.length < 2 || isReachable(new InetSocketAddress(all[0], port(uri)));
    }

    /** Whether this is an address of the server in a URI. */
    boolean isOf(URI uri) {
        return name.equalsIgnoreCase(uri.getHost()) && port == port(uri);
    }

    private static InetAddress[] addresses(URI uri) {
        try {
            return InetAddress.getAllByName(uri.getHost());
        } catch (UnknownHostException none) {
            return new InetAddress[0];
        }
    }

    private static boolean isReachable(InetSocketAddress address) throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) SLOW.toMillis());
            return true;
        } catch (IOException refused) {
            // An interrupt of a virtual thread closes its socket.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return false;
        }
    }

    /** {@return the URI with this address in place of the name} */
    URI in(URI uri) {
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        String bare = zone < 0 ? host : host.substring(0, zone);
        // Joined and not formatted: a format writes the digits of the default locale.
        return URI.create(uri.getScheme() + "://" + (bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":" + port
                + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    /** {@return the value of {@code Host}, as for the name itself} */
    static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure(uri) ? 443 : 80;
    }

    static boolean isSecure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
    }
}
