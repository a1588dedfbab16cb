package dev.bayeux.transport.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.http.ProxyRoute;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("transport:jdk")
class FailuresTest {

    private static final ProxyRoute PLACE = ProxyRoute.to(URI.create("https://localhost:1/cometd"),
            HttpSettings.DEFAULT.withoutProxy());

    /** Which of the two the client throws depends on whether it awaits the reply already when its TLS fails. */
    @Test
    void serverWithoutTlsIsRecognizedHoweverDeepTheReasonIs() {
        var reason = new SSLException("Unrecognized SSL message, plaintext connection?");
        assertInstanceOf(SSLHandshakeException.class, Failures.translate(reason, PLACE));
        assertInstanceOf(SSLHandshakeException.class, Failures.translate(whileAwaiting(reason), PLACE));
    }

    @Test
    void handshakeCutByTheOtherSideIsRecognizedHoweverDeepTheReasonIs() {
        var reason = new SSLHandshakeException("Remote host terminated the handshake");
        for (var failure : new Exception[]{reason, whileAwaiting(reason)}) {
            var thrown = assertThrows(TransportException.class, () -> Failures.translate(failure, PLACE));
            assertEquals(Problem.NOT_CONNECTED, thrown.problem());
        }
    }

    @Test
    void otherFailureStaysWhatItIs() {
        var failure = new IOException("Connection reset");
        assertSame(failure, Failures.translate(failure, PLACE));
    }

    private static IOException whileAwaiting(Exception reason) {
        return new IOException("HTTP/1.1 header parser received no bytes", new IOException(reason));
    }
}
