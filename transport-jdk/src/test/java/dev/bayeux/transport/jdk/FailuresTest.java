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
import java.net.ProtocolException;
import java.net.URI;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"fixed content-length: -5, bytes received: 0", "Illegal character in chunk size: 120"})
    void lengthThatIsNoNumberIsNoHttp(String text) {
        assertInstanceOf(ProtocolException.class, Failures.translate(new IOException(text), PLACE));
    }

    @Test
    void lengthThatIsAWordIsNoHttp() {
        var failure = new IOException(new NumberFormatException("For input string: \"abc\""));
        assertInstanceOf(ProtocolException.class, Failures.translate(failure, PLACE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed content-length: 5, bytes received: 0",
            "chunked transfer encoding, state: READING_LENGTH",
            "EOF reached while reading chunk data"})
    void lengthThatIsNotReachedIsALostConnection(String text) {
        var failure = new IOException(text);
        assertSame(failure, Failures.translate(failure, PLACE));
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
