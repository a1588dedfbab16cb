package dev.bayeux.transport.jetty;

import static dev.bayeux.transport.jetty.LoopbackServer.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which HTTP client a transport uses, what becomes of it and of its threads, and what Jetty adds to an exchange. */
@Tag("transport:jetty")
class ClientsTest {

    private final TransportProvider provider = new JettyLongPollingProvider();

    @Test
    void manyTransportsShareAFewThreadsThatEndWithTheLastOfThem() throws Exception {
        List<Opened> transports = new ArrayList<>();
        List<Thread> before = jettyThreads(List.of());
        try (var server = new LoopbackServer(saying("200 OK", "[]"))) {
            for (int i = 0; i < 20; i++) {
                transports.add(new Opened(provider, server.uri()));
            }
            assertEquals(List.of(), jettyThreads(before), "a transport that has sent nothing has started a thread");
            for (Opened transport : transports) {
                transport.send("[]");
            }
            List<Thread> shared = jettyThreads(before);
            assertTrue(!shared.isEmpty() && shared.size() <= 3, shared.toString());
            assertTrue(shared.stream().allMatch(Thread::isDaemon), shared.toString());
            transports.removeFirst().close();
            transports.getFirst().send("[]");
            transports.forEach(Opened::close);
            for (Thread thread : shared) {
                assertTrue(thread.join(Duration.ofSeconds(20)), () -> "still there: " + thread);
            }
            try (var another = new Opened(provider, server.uri())) {
                assertEquals("[]", another.send("[]"));
            }
        }
    }

    @Test
    void tlsOverTheProgramsOwnClientWhichStaysStarted(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.make(directory);
        try (var server = new LoopbackServer(certificate.listen(), "https", saying("200 OK", "[]"));
                var client = new OwnClient(new HttpCookieStore.Empty())) {
            client.jetty().setSslContextFactory(new SslContextFactory.Client());
            client.jetty().getSslContextFactory().setSslContext(certificate.context());
            client.jetty().start();
            var own = new JettyLongPollingProvider(client.jetty());
            try (var transport = new Opened(own, server.uri())) {
                assertEquals("[]", transport.send("[1]"));
            }
            assertTrue(client.jetty().isStarted());
            try (var transport = new Opened(own, server.uri())) {
                assertEquals("[]", transport.send("[2]"));
            }
        }
    }

    @Test
    @Tag("C-49")
    void heldRequestsOfManyClientsLeaveRoomForMore() throws Exception {
        List<Opened> transports = new ArrayList<>();
        try (var server = new LoopbackServer((request, out) -> {
            if (!request.endsWith("[\"held\"]")) {
                saying("200 OK", "[]").write(request, out);
            }
        })) {
            for (int i = 0; i < 100; i++) {
                transports.add(new Opened(provider, server.uri()));
                transports.getLast().sendAside("[\"held\"]");
                server.nextRequest();
            }
            assertEquals("[]", transports.getFirst().send("[1]"));
        } finally {
            transports.forEach(Opened::close);
        }
    }

    @Test
    void statusOfTheProgramsOwnClientIsSeenAsItIs() throws Exception {
        try (var client = new OwnClient(new HttpCookieStore.Empty())) {
            client.jetty().start();
            for (String head : List.of("302 There\r\nLocation: /other", "401 Who?",
                    "401 Who?\r\nWWW-Authenticate: Basic")) {
                try (var server = new LoopbackServer(saying(head, ""));
                        var transport = new Opened(new JettyLongPollingProvider(client.jetty()), server.uri())) {
                    var failure = assertThrows(TransportException.class, () -> transport.send("[]"));
                    assertEquals(OptionalInt.of(Integer.parseInt(head.substring(0, 3))), failure.status());
                }
            }
        }
    }

    @Test
    @Tag("C-100")
    void idleTimeoutOfTheProgramsOwnClientDoesNotEndAHeldRequest() throws Exception {
        try (var client = new OwnClient(new HttpCookieStore.Empty());
                var server = new LoopbackServer((request, out) -> {})) {
            client.jetty().setIdleTimeout(50);
            client.jetty().start();
            try (var transport = new Opened(new JettyLongPollingProvider(client.jetty()), server.uri())) {
                var failure = assertThrows(TransportException.class,
                        () -> transport.send("[]", Duration.ofMillis(500)));
                assertEquals(Problem.TIMED_OUT, failure.problem());
            }
        }
    }

    @Test
    void clientThatIsNotStartedOrKeepsCookiesIsRefused() throws Exception {
        try (var client = new OwnClient(new HttpCookieStore.Default())) {
            assertThrows(ConfigurationException.class, () -> new JettyLongPollingProvider(client.jetty()));
            client.jetty().start();
            var refusal = assertThrows(ConfigurationException.class,
                    () -> new JettyLongPollingProvider(client.jetty()));
            assertTrue(refusal.getMessage().contains("HttpCookieStore.Empty"), refusal.getMessage());
        }
    }

    @Test
    void headerThatCannotBeSetIsNamedAndItsValueIsNotShown() throws Exception {
        assertTrue(refusal("Content-Length", "2").contains("Content-Length"));
        assertTrue(refusal("Host", "elsewhere").contains("Host"));
        assertTrue(refusal("Wro ng", "x").contains("Wro ng"));
        String message = refusal("Authorization", "Bearer se\ncret");
        assertTrue(message.contains("Authorization") && !message.contains("cret"), message);
    }

    @Test
    @Tag("C-108")
    void gzipIsUnderstoodAndItsInflatedSizeCounts() throws Exception {
        assertEquals("[\"\u00e4\"]", inflated("[\"\u00e4\"]"));
        var tooLarge = assertThrows(TransportException.class, () -> inflated("0".repeat(Opened.MAX_REPLY_BYTES + 1)));
        assertEquals(Problem.TOO_LARGE, tooLarge.problem());
    }

    private String inflated(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        try (var server = new LoopbackServer(saying("200 OK\r\nContent-Encoding: gzip", bytes.toByteArray()));
                var transport = new Opened(provider, server.uri())) {
            String reply = transport.send("[]");
            String request = server.nextRequest();
            assertTrue(request.contains("\r\nAccept-Encoding: gzip\r\n"), request);
            return reply;
        }
    }

    /** A client as a program may bring it. */
    private record OwnClient(HttpClient jetty) implements AutoCloseable {

        OwnClient(HttpCookieStore cookies) {
            this(new HttpClient());
            jetty.setHttpCookieStore(cookies);
        }

        @Override
        public void close() {
            LifeCycle.stop(jetty);
        }
    }

    private String refusal(String name, String value) throws Exception {
        try (var server = new LoopbackServer(saying("200 OK", "[]"));
                var transport = new Opened(provider, server.uri(), Opened.LONG, () -> Map.of(name, value))) {
            var refusal = assertThrows(ConfigurationException.class, () -> transport.send("[]"));
            return refusal.getMessage() + refusal.getCause();
        }
    }

    /** Other tests' threads may be ending at this moment, so that only additional ones are counted. */
    private static List<Thread> jettyThreads(List<Thread> known) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bayeux-jetty"))
                .filter(thread -> !known.contains(thread)).toList();
    }
}
