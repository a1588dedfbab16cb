package dev.bayeux.transport.jdk;

import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/**
 * Finds out whether a server keeps connections open after its answers. A server of HTTP/1.0 closes them without an
 * announcement, and the JDK does not report that version. A request over such a connection is lost, and the client cannot
 * know whether the server has processed it. So the first request, a handshake, asks the server to close its connection: a
 * server of HTTP/1.1 confirms that (RFC 9112, 9.6). If the server does not confirm it, no connection carries a second
 * request.
 *
 * <p>Safe for use by several threads.
 */
final class KeptConnections {

    private static final String HEADER = "Connection";
    private static final String CLOSE = "close";

    private volatile boolean known;
    private volatile boolean closed;

    /**
     * Starts for one server.
     *
     * @param known whether the client need not find out
     */
    KeptConnections(boolean known) {
        this.known = known || !isAllowed();
    }

    /** Whether a request may have this header: a property of the JVM decides, and may have been read too early. */
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

    /** Whether requests ask the server to close the connection, which they do until the client has found out. */
    boolean isAsking() {
        return !known;
    }

    /** Makes a request ask the server to close the connection. */
    static void ask(HttpRequest.Builder request) {
        request.header(HEADER, CLOSE);
    }

    /** Finds out from the answer. */
    void learn(HttpResponse<?> answer) {
        if (!known) {
            closed = answer.version() == Version.HTTP_1_1 && !isOfNewerServer(answer.headers());
            known = true;
        }
    }

    /** Whether the response has a header that HTTP/1.0 does not know. */
    private static boolean isOfNewerServer(HttpHeaders headers) {
        List<String> options = headers.allValues(HEADER);
        return !options.isEmpty() || headers.allValues("Transfer-Encoding").stream()
                .anyMatch(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"));
    }
}
