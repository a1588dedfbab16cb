package dev.bayeux.transport.jetty;

import static dev.bayeux.transport.jetty.LoopbackServer.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What goes out in a request, and what is made of a response that arrives. */
class RepliesTest {

    private final TransportProvider provider = new JettyLongPollingProvider();

    @Test
    void c106_postJson() throws Exception {
        try (var server = new LoopbackServer(saying("200 OK", "[]"));
                var transport = new Opened(provider, server.uri())) {
            assertEquals("[]", transport.send("[{\"data\":\"\u00e4\u20ac\"}]"));
            String request = server.nextRequest();
            assertTrue(request.startsWith("POST /cometd HTTP/1.1\r\n"), request);
            assertTrue(request.toLowerCase(Locale.ROOT)
                    .contains("\r\ncontent-type: application/json;charset=utf-8\r\n"), request);
            assertTrue(request.contains("\r\nContent-Length: 18\r\n"), request);
            assertTrue(request.endsWith("\r\n\r\n[{\"data\":\"\u00e4\u20ac\"}]"), request);
        }
    }

    @Test
    void c111_cookiesOfAnyStatusAreSentBack() throws Exception {
        try (var server = new LoopbackServer(saying("503 Busy\r\nSet-Cookie: BAYEUX_BROWSER=abc; Path=/", ""));
                var transport = new Opened(provider, server.uri());
                var other = new Opened(provider, server.uri())) {
            assertThrows(TransportException.class, () -> transport.send("[1]"));
            assertThrows(TransportException.class, () -> transport.send("[2]"));
            assertThrows(TransportException.class, () -> other.send("[3]"));
            assertTrue(!server.nextRequest().contains("BAYEUX_BROWSER"));
            String second = server.nextRequest();
            assertTrue(second.contains("\r\nCookie: BAYEUX_BROWSER=abc\r\n"), second);
            String ofAnother = server.nextRequest();
            assertTrue(!ofAnother.contains("BAYEUX_BROWSER"), ofAnother);
        }
    }

    @Test
    void c107_statusThatIsNot200Fails() throws Exception {
        assertEquals(FailureKind.AUTHENTICATION, failure("401 Who?\r\nWWW-Authenticate: Basic realm=x", 401).kind());
        assertEquals(FailureKind.PERMANENT, failure("302 There\r\nLocation: /other", 302).kind());
        assertEquals(FailureKind.PERMANENT, failure("404 Not here", 404).kind());
        assertEquals(FailureKind.TRANSIENT, failure("500 Oops", 500).kind());
    }

    @Test
    void c105_retryAfter() throws Exception {
        assertEquals(Optional.of(Duration.ofSeconds(7)), failure("429 Slow\r\nRetry-After: 7", 429).retryAfter());
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(2));
        Duration wait = failure("503 Busy\r\nRetry-After: " + date, 503).retryAfter().orElseThrow();
        assertTrue(wait.compareTo(Duration.ofHours(1)) > 0 && wait.compareTo(Duration.ofHours(2)) <= 0,
                wait.toString());
    }

    @Test
    void c109_charset() throws Exception {
        assertEquals("\u00e4", answer("", "\u00e4".getBytes(StandardCharsets.UTF_8)));
        assertEquals("\u00e4",
                answer("; charset=\"ISO-8859-1\"", "\u00e4".getBytes(StandardCharsets.ISO_8859_1)));
        var unreadable = assertThrows(TransportException.class, () -> answer("", new byte[]{'[', (byte) 0xe4, ']'}));
        assertEquals(Problem.UNREADABLE, unreadable.problem());
    }

    @Test
    void c108_replyThatIsTooLargeIsBrokenOff() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[Opened.MAX_REPLY_BYTES + 1]);
            out.flush();
        }); var transport = new Opened(provider, server.uri())) {
            var tooLarge = assertThrows(TransportException.class, () -> transport.send("[]"));
            assertEquals(Problem.TOO_LARGE, tooLarge.problem());
            assertTrue(tooLarge.getMessage().contains("maxReplyBytes"), tooLarge.getMessage());
            assertTrue(server.clientHangsUp());
        }
    }

    private TransportException failure(String head, int status) throws Exception {
        try (var server = new LoopbackServer(saying(head, "<html>"));
                var transport = new Opened(provider, server.uri())) {
            var failure = assertThrows(TransportException.class, () -> transport.send("[]"));
            assertEquals(OptionalInt.of(status), failure.status());
            server.nextRequest();
            assertEquals(0, server.waitingRequests(), "a request was repeated");
            return failure;
        }
    }

    private String answer(String charset, byte[] body) throws Exception {
        try (var server = new LoopbackServer(saying("200 OK\r\nContent-Type: application/json" + charset, body));
                var transport = new Opened(provider, server.uri())) {
            return transport.send("[]");
        }
    }
}
