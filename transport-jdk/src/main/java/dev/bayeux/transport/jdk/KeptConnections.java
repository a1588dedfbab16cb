package dev.bayeux.transport.jdk;

import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/**
 * Finds out whether a server keeps connections open after its answers. A server of HTTP/1.0 closes them without a word, and
 * the JDK does not tell that version. A request over such a connection is lost, and it stays unknown whether the server has
 * processed it. So the first request, a handshake, asks the server to close its connection: a server of HTTP/1.1 confirms
 * that (RFC 9112, 9.6). Where it does not, no connection carries a second request.
 *
 * <p>Safe for use by several threads.
 */
final class KeptConnections {

    private static final String HEADER = "Connection";
    private static final String CLOSE = "close";

    private volatile boolean known;
    private volatile boolean closed;

    /**
     * For one server.
     *
     * @param known whether there is nothing to find out
     */
    KeptConnections(boolean known) {
        this.known = known || !isAllowed();
    }

    /** The JVM may not let a request say this, or say so too late. */
    private static boolean isAllowed() {
        try {
            HttpRequest.newBuilder().header(HEADER, CLOSE);
            return true;
        } catch (IllegalArgumentException restricted) {
            return false;
        }
    }

    /** Whether the server closes connections after its answers. */
    boolean areClosed() {
        return closed;
    }

    /** Whether a request asks, which it does while nothing is known. */
    boolean isAsking() {
        return !known;
    }

    /** Asks with a request. */
    static void ask(HttpRequest.Builder request) {
        request.header(HEADER, CLOSE);
    }

    /** Learns from the answer. */
    void learn(HttpResponse<?> answer) {
        if (!known) {
            closed = answer.version() == Version.HTTP_1_1 && !isOfNewerServer(answer.headers());
            known = true;
        }
    }

    /** HTTP/1.0 knows neither of these. */
    private static boolean isOfNewerServer(HttpHeaders headers) {
        List<String> options = headers.allValues(HEADER);
        return !options.isEmpty() || headers.allValues("Transfer-Encoding").stream()
                .anyMatch(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"));
    }
}
