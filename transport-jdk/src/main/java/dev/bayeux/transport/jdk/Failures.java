package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.http.ProxyRoute;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells apart what the JDK's HTTP client does not tell apart by the type of an exception. */
final class Failures {

    /** Where a proxy looks for a login. */
    static final String LOGIN_HEADER = "Proxy-Authorization";

    private static final int PROXY_WANTS_LOGIN = 407;
    /** With which schemes the JDK sends no login when it asks for a tunnel; it reads it once. By default: Basic. */
    private static final String FORBIDDEN_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private Failures() {
    }

    /**
     * Explains why an exchange failed.
     *
     * @param failure what {@code HttpClient.send} threw
     * @param route how the request went
     * @return what can be told by its type
     * @throws TransportException if more is known than a type can tell
     */
    static IOException translate(Throwable failure, ProxyRoute route) {
        // The client wraps what its TLS says in another exception when it meets it while it awaits the reply.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException known) {
                throw known;
            }
            if (cause instanceof NumberFormatException) {
                // Without a cause: its text is what the server has sent.
                return new ProtocolException("a length is no number");
            }
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof HttpConnectTimeoutException || isCutHandshake(cause, text)) {
                throw route.unreachable(Problem.NOT_CONNECTED, text, failure);
            }
            if (text.startsWith("Tunnel failed, got: ")) {
                throw route.unreachable(Problem.NOT_CONNECTED,
                        "it refuses a tunnel with HTTP status" + text.substring(text.lastIndexOf(' ')), failure);
            }
            if (cause instanceof SSLException && text.contains("nrecognized SSL message")) {
                // The server does not speak TLS; the JDK has two texts for it.
                return new SSLHandshakeException(text, failure);
            }
        }
        if (failure instanceof IOException && isBadLength(String.valueOf(failure.getMessage()))) {
            return new ProtocolException(failure.getMessage());
        }
        route.checkProxy(failure);
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    /**
     * Explains why a proxy has not seen the login that we have for it.
     *
     * @param status of the answer
     * @param route how the request went
     * @param tunnel whether it went through a tunnel
     * @throws TransportException if the JDK has kept the login back
     */
    static void checkLogin(int status, ProxyRoute route, boolean tunnel) {
        if (status == PROXY_WANTS_LOGIN && tunnel && route.authorization().isPresent()
                && System.getProperty(FORBIDDEN_FOR_TUNNELS) == null) {
            throw TransportException.ofStatus(status, null,
                    "The proxy %s wants a login before it makes a tunnel (HTTP status 407), and the JDK does not send one with the scheme Basic unless the JVM is started with -D%s=\"\". Do that, or use a transport over Jetty."
                            .formatted(route.firstHop(), FORBIDDEN_FOR_TUNNELS));
        }
    }

    /** {@return whether no connection could be made to an address: refused, no way there, or not in time} */
    static boolean isNotConnected(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof NoRouteToHostException
                || failure instanceof HttpConnectTimeoutException;
    }

    /** The JDK has no type of exception for it. */
    private static boolean isBadLength(String text) {
        return text.toLowerCase(Locale.ROOT).contains("chunk ") && !text.contains("EOF")
                || text.startsWith("fixed content-length: -");
    }

    /**
     * {@return whether something came that is no head of a response} The JDK (25) then leaves the connection open: only the
     * end of the client closes it.
     */
    static boolean isUnreadable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the JDK has counted more in the headers of a response than it reads} */
    static boolean isHeaderTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException
                    && String.valueOf(cause.getMessage()).contains("eader size too big")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The connection ended while TLS was being agreed on. The JDK calls it a failed handshake, but it says nothing about
     * trust: a proxy whose server is away does so.
     */
    private static boolean isCutHandshake(Throwable failure, String text) {
        return failure instanceof SSLHandshakeException && text.startsWith("Remote host ");
    }
}
