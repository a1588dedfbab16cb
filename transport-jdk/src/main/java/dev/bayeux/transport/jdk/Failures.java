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

/** Distinguishes failures of the JDK's HTTP client that have the same type of exception. */
final class Failures {

    /** The header in which a proxy receives its login. */
    static final String LOGIN_HEADER = "Proxy-Authorization";

    private static final int PROXY_WANTS_LOGIN = 407;
    /**
     * The property with the schemes of logins that the JDK does not send for a tunnel, by default Basic; the JDK reads it
     * once.
     */
    private static final String FORBIDDEN_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private Failures() {
    }

    /**
     * Explains why an exchange failed.
     *
     * @param failure what {@code HttpClient.send} threw
     * @param route the route of the request
     * @return an exception whose type says what happened
     * @throws TransportException if no type of {@code IOException} says what happened
     */
    static IOException translate(Throwable failure, ProxyRoute route) {
        // The client wraps an exception of TLS in another one if it occurs during the wait for the reply.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException known) {
                throw known;
            }
            if (cause instanceof NumberFormatException) {
                // Without a cause, whose text quotes what the server has sent.
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
     * Explains why a proxy has not received the login that the program has set.
     *
     * @param status of the answer
     * @param route the route of the request
     * @param tunnel whether it needed a tunnel
     * @throws TransportException if the JDK has not sent the login
     */
    static void checkLogin(int status, ProxyRoute route, boolean tunnel) {
        if (status == PROXY_WANTS_LOGIN && tunnel && route.authorization().isPresent()
                && System.getProperty(FORBIDDEN_FOR_TUNNELS) == null) {
            throw TransportException.ofStatus(status, null,
                    "The proxy %s wants a login before it makes a tunnel (HTTP status 407), and the JDK does not send one with the scheme Basic unless the JVM is started with -D%s=\"\". Do that, or use a transport over Jetty."
                            .formatted(route.firstHop(), FORBIDDEN_FOR_TUNNELS));
        }
    }

    /** {@return whether no connection to an address could be made: refused, no route, or not in time} */
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
     * {@return whether the server sent something that is not the head of a response} The JDK (25) then leaves the connection
     * open until the client ends.
     */
    static boolean isUnreadable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the headers of a response exceed the limit of the JDK} */
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
     * {@return whether the connection ended during the TLS handshake} The JDK reports a failed handshake, but this says
     * nothing about trust: a proxy whose server is down ends connections like this.
     */
    private static boolean isCutHandshake(Throwable failure, String text) {
        return failure instanceof SSLHandshakeException && text.startsWith("Remote host ");
    }
}
