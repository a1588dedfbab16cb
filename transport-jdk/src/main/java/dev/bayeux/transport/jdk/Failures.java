package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Tells apart what the JDK's HTTP client does not tell apart by the type of an exception. */
final class Failures {

    private Failures() {
    }

    /**
     * Explains why an exchange failed.
     *
     * @param failure what {@code HttpClient.send} threw
     * @param uri where the request went
     * @return what can be told by its type
     * @throws TransportException if more is known than a type can tell
     */
    static IOException translate(Throwable failure, URI uri) {
        // The client wraps what its TLS says in another exception when it meets it while it awaits the reply.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException known) {
                throw known;
            }
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof HttpConnectTimeoutException || isCutHandshake(cause, text)) {
                throw new TransportException(Problem.NOT_CONNECTED,
                        "No connection to %s: %s".formatted(uri.getHost(), text), failure);
            }
            if (cause instanceof SSLException && text.contains("nrecognized SSL message")) {
                // The server does not speak TLS; the JDK has two texts for it.
                return new SSLHandshakeException(text, failure);
            }
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    /**
     * The connection ended while TLS was being agreed on. The JDK calls it a failed handshake, but it says nothing about
     * trust: a proxy whose server is away does so.
     */
    private static boolean isCutHandshake(Throwable failure, String text) {
        return failure instanceof SSLHandshakeException && text.startsWith("Remote host ");
    }
}
