package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.TransportContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LongPollingTransportFailuresTest {

    private final FakeExchanger http = new FakeExchanger();
    private final LongPollingTransport transport = new LongPollingTransport(TransportContext
            .to(URI.create("https://user:s3cret@host/cometd?key=s3cret")).withMaxReplyBytes(1000), http);

    private TransportException failure(Exception cause) {
        http.failure = cause;
        return assertThrows(TransportException.class,
                () -> transport.exchange(new Batch("[{}]", Duration.ofMillis(1500))));
    }

    static List<Arguments> failuresAreIndependentOfTheHttpClient() {
        return List.of(Arguments.of(new UnknownHostException("host"), Problem.UNKNOWN_HOST, true),
                Arguments.of(cause(new ConnectException(), new UnresolvedAddressException()), Problem.UNKNOWN_HOST,
                        true),
                Arguments.of(new ConnectException("refused"), Problem.NOT_CONNECTED, true),
                Arguments.of(new NoRouteToHostException(), Problem.NOT_CONNECTED, true),
                Arguments.of(new SSLHandshakeException("PKIX"), Problem.UNTRUSTED, true),
                Arguments.of(new SSLPeerUnverifiedException("name"), Problem.UNTRUSTED, true),
                Arguments.of(new SSLException("Unrecognized SSL message, plaintext connection?"), Problem.UNTRUSTED,
                        true),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), Problem.UNTRUSTED, true),
                Arguments.of(new IOException(new SSLHandshakeException("PKIX")), Problem.UNTRUSTED, true),
                Arguments.of(new SSLException("reset"), Problem.LOST, false),
                Arguments.of(new SocketException("reset"), Problem.LOST, false),
                Arguments.of(new ClosedChannelException(), Problem.LOST, false),
                Arguments.of(new IOException("EOF"), Problem.LOST, false),
                Arguments.of(new TimeoutException(), Problem.TIMED_OUT, false));
    }

    private static IOException cause(IOException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @MethodSource
    void failuresAreIndependentOfTheHttpClient(Exception cause, Problem problem, boolean notSent) {
        TransportException failure = failure(cause);

        assertEquals(problem, failure.problem());
        assertEquals(notSent, failure.notSent());
        assertSame(cause, failure.getCause());
        assertTrue(failure.status().isEmpty());
        assertTrue(failure.getMessage().contains("https://host/cometd"), failure.getMessage());
        assertFalse(failure.getMessage().contains("s3cret"), failure.getMessage());
        assertEquals(1, http.calls.size());
    }

    @Test
    void aTimeoutTellsItsLimit() {
        assertTrue(failure(new TimeoutException()).getMessage().contains("within 1500 ms"));
    }

    @Test
    void aTransportExceptionOfTheHttpClientIsKept() {
        TransportException known = new TransportException(Problem.CLOSED, "closed", null);

        assertSame(known, failure(known));
    }

    @Test
    void anInterruptIsNoFailure() {
        http.failure = new InterruptedException();

        assertThrows(InterruptedException.class, () -> transport.exchange(new Batch("[{}]", Duration.ofSeconds(1))));
    }

    private TransportException refusal(int status, Map<String, List<String>> headers, Redirects redirects) {
        http.status = status;
        http.headers.putAll(headers);
        return assertThrows(TransportException.class,
                () -> new LongPollingTransport(
                        TransportContext.to(URI.create("https://user:s3cret@host/cometd?key=s3cret"))
                                .withHttp(HttpSettings.DEFAULT.withRedirects(redirects)),
                        http).exchange(new Batch("[{}]", Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @CsvSource({"204, no messages", "206, a part of its reply", "404, path", "407, withProxyLogin",
            "413, maxRequestBytes", "414, withMaxUriLength", "431, headers", "400, path", "408, proxy", "504, proxy",
            "429, Retry-After", "500, log", "502, busy", "503, busy", "300, address", "410, moved", "415, JSON",
            "421, log", "426, https", "511, login", "520, log"})
    void aStatusComesWithWhatToDo(int status, String hint) {
        TransportException failure = refusal(status, Map.of(), Redirects.NEVER);

        assertEquals(status, failure.status().orElseThrow());
        assertTrue(failure.getMessage().startsWith("https://host/cometd answered a POST with HTTP status " + status),
                failure.getMessage());
        assertTrue(failure.getMessage().contains(hint), failure.getMessage());
    }

    @Test
    void aRedirectTellsWhereToAndTheSettingOnlyWhereItIsNotMade() {
        Map<String, List<String>> location = Map.of("location", List.of("https://u:s3cret@other/new?key=s3cret"));
        String without = refusal(302, location, Redirects.NEVER).getMessage();
        String with = refusal(302, location, Redirects.SAME_ORIGIN).getMessage();

        assertTrue(without.contains("It redirects to https://other/new.") && without.contains("lets requests follow"),
                without);
        assertTrue(with.contains("It redirects to https://other/new.") && !with.contains("lets requests follow"), with);
        assertFalse((without + with).contains("s3cret"), without + with);
        http.headers.clear();
        assertFalse(refusal(307, Map.of("Location", List.of("\u0001 no address")), Redirects.NEVER).getMessage()
                .contains("\u0001"));
    }

    @Test
    void anAnswerThatIsNotHttpIsUnreadableAndNotRetried() {
        TransportException failure = failure(new IOException(
                new ProtocolException("Invalid header value \"Set-Cookie: i=SECRET\u0007\"\r\n" + "x".repeat(9999))));

        assertEquals(Problem.UNREADABLE, failure.problem());
        assertNull(failure.getCause());
        assertTrue(failure.getMessage().contains("Invalid header value"), failure.getMessage());
        assertFalse(failure.getMessage().contains("SECRET"), failure.getMessage());
        assertFalse(failure.getMessage().contains("\r"), failure.getMessage());
        assertTrue(failure.getMessage().length() < 500, failure.getMessage());
    }

    @Test
    void aRefusedConnectionNamesTheAddresses() {
        TransportException failure = assertThrows(TransportException.class, () -> {
            http.failure = new ConnectException();
            new LongPollingTransport(TransportContext.to(URI.create("http://localhost:1/cometd")), http)
                    .exchange(new Batch("[{}]", Duration.ofSeconds(1)));
        });

        assertTrue(
                failure.getMessage().matches("No connection to http://localhost:1/cometd \\(.*127\\.0\\.0\\.1.*\\).*"),
                failure.getMessage());
    }

    @Test
    void everythingThatCannotBeReadNamesTheServer() {
        http.headers.put("Content-Encoding", List.of("gzip"));
        assertUnreadable();
        http.headers.put("Content-Encoding", List.of("gzip, gzip, gzip"));
        assertUnreadable();
        http.headers.put("Content-Encoding", List.of("br".repeat(9999)));
        assertUnreadable();
        http.headers.clear();
        http.body = new byte[]{(byte) 0xff};
        assertUnreadable();
        http.contentType = "text/plain;charset=" + "x".repeat(9999);
        assertUnreadable();
        http.contentType = null;
        http.body = new byte[1001];
        assertTrue(failure(null).getMessage().contains("https://host/cometd"));
        http.headers.put("Set-Cookie", Collections.nCopies(9000, "a=s3cret"));
        http.body = new byte[0];
        assertTrue(failure(null).getMessage().contains("https://host/cometd sent a reply with headers of more"));
    }

    private void assertUnreadable() {
        http.failure = null;
        TransportException failure = assertThrows(TransportException.class,
                () -> transport.exchange(new Batch("[{}]", Duration.ofMillis(1500))));
        assertEquals(Problem.UNREADABLE, failure.problem());
        assertTrue(failure.getMessage().contains("https://host/cometd"), failure.getMessage());
        assertTrue(failure.getMessage().length() < 300, failure.getMessage());
    }

    @Test
    void manyEmptyPartsAreNoGzip() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        new GZIPOutputStream(empty).close();
        for (int n = 0; n < 100_000; n++) {
            parts.write(empty.toByteArray());
        }
        http.headers.put("Content-Encoding", List.of("gzip"));
        http.body = parts.toByteArray();
        LongPollingTransport large = new LongPollingTransport(TransportContext.to(URI.create("https://host/cometd")),
                http);
        assertEquals(Problem.UNREADABLE, assertThrows(TransportException.class,
                () -> large.exchange(new Batch("[{}]", Duration.ofSeconds(1)))).problem());
    }

    @Test
    void aFailureOfTheProgramBeforeSendingMeansNotSent() {
        for (Throwable thrown : List.of(new IllegalStateException("no token"), new NoClassDefFoundError("x"))) {
            LongPollingTransport failing = new LongPollingTransport(
                    TransportContext.to(URI.create("https://host/cometd")).withHeaders(() -> {
                        throw FailingStore.unchecked(thrown);
                    }), http);
            assertNotPrepared(failing, thrown);
        }
        IOException unreadable = new IOException("no file");
        assertNotPrepared(new LongPollingTransport(TransportContext.to(URI.create("https://host/cometd"))
                .withCookies(new FailingStore(unreadable)), http), unreadable);
        assertEquals(0, http.calls.size());
    }

    private static void assertNotPrepared(LongPollingTransport transport, Throwable thrown) {
        TransportException failure = assertThrows(TransportException.class,
                () -> transport.exchange(new Batch("[{}]", Duration.ofSeconds(1))));
        assertEquals(Problem.NOT_PREPARED, failure.problem());
        assertTrue(failure.notSent());
        assertSame(thrown, failure.getCause());
    }

    @Test
    void aStoreThatCannotStoreDoesNotCostTheReply() throws Exception {
        http.headers.put("Set-Cookie", List.of("a=1"));
        http.body = "[]".getBytes(StandardCharsets.UTF_8);
        FailingStore store = new FailingStore(null);
        assertEquals("[]", new LongPollingTransport(
                TransportContext.to(URI.create("https://host/cometd")).withCookies(store), http)
                .exchange(new Batch("[{}]", Duration.ofSeconds(1))));
        assertEquals(1, store.asked);
    }

    /** A store of cookies that never stores, and may be unable to read. */
    private static final class FailingStore extends CookieHandler {

        private final @Nullable IOException reading;
        private int asked;

        FailingStore(@Nullable IOException reading) {
            this.reading = reading;
        }

        static RuntimeException unchecked(Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            return (RuntimeException) thrown;
        }

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) throws IOException {
            if (reading != null) {
                throw reading;
            }
            return Map.of();
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) throws IOException {
            asked++;
            throw new IOException("no room");
        }
    }

    @Test
    void aFormCountsAsWhatItBecomes() {
        TransportContext form = TransportContext.to(URI.create("https://host/cometd")).withMaxRequestBytes(308)
                .withHttp(HttpSettings.DEFAULT.withRequestFormat(RequestFormat.FORM));
        assertEquals(100, new LongPollingTransport(form, http).maxBatchBytes());
        assertEquals(Integer.MAX_VALUE, transport.maxBatchBytes());
    }
}
