package dev.bayeux.transport.jetty;

import static dev.bayeux.transport.jetty.LoopbackServer.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges that end without a response, and that nothing is sent twice or goes on behind the caller's back. */
class FailuresTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final TransportProvider provider = new JettyLongPollingProvider();

    @Test
    void refusedConnectionIsNotConnected() throws Exception {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://localhost:" + socket.getLocalPort());
        }
        assertEquals(Problem.NOT_CONNECTED, problem(nobody));
    }

    @Test
    void unknownHost() throws Exception {
        assertEquals(Problem.UNKNOWN_HOST, problem(URI.create("http://bayeux.invalid:8080/")));
    }

    @Test
    void connectionThatIsNotMadeInTimeIsNotConnected() throws Exception {
        // Nobody accepts, and the queue for those who wait is full: the system does not answer any more.
        List<Socket> queue = new ArrayList<>();
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try {
                for (int i = 0; i < 10; i++) {
                    Socket waiting = new Socket();
                    queue.add(waiting);
                    waiting.connect(deaf.getLocalSocketAddress(), 200);
                }
            } catch (IOException full) {
                queue.getLast().close();
            }
            try (var transport = new Opened(provider, URI.create("http://127.0.0.1:" + deaf.getLocalPort()), SHORT,
                    Map::of)) {
                var failure = assertThrows(TransportException.class, () -> transport.send("[]"));
                assertEquals(Problem.NOT_CONNECTED, failure.problem(), failure.toString());
            }
        } finally {
            for (Socket waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    void certificateThatIsNotTrusted(@TempDir Path directory) throws Exception {
        try (var server = new LoopbackServer(Certificate.make(directory).listen(), "https", saying("200 OK", "[]"))) {
            assertEquals(Problem.UNTRUSTED, problem(server.uri()));
            assertEquals(0, server.waitingRequests());
        }
    }

    @Test
    void connectionCutInTheMiddleIsLost() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new IOException("cut");
        })) {
            assertEquals(Problem.LOST, problem(server.uri()));
        }
    }

    @Test
    void c056_postOnAConnectionThatTurnsOutToBeDeadIsNotRepeated() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {
            if (request.endsWith("[1]")) {
                saying("200 OK", "[]").write(request, out);
            } else {
                throw new IOException("cut");
            }
        }); var transport = new Opened(provider, server.uri())) {
            transport.send("[1]");
            var failure = assertThrows(TransportException.class, () -> transport.send("[2]"));
            assertEquals(Problem.LOST, failure.problem());
            assertTrue(server.nextRequest().endsWith("[1]"));
            assertTrue(server.nextRequest().endsWith("[2]"));
            assertEquals(0, server.waitingRequests());
        }
    }

    @Test
    void c101_expiryAbortsAHeldRequest() throws Exception {
        expires((request, out) -> {});
    }

    @Test
    void c101_expiryAbortsAResponseThatStalls() throws Exception {
        expires((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
    }

    @Test
    void interruptionAbortsTheExchange() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {});
                var transport = new Opened(provider, server.uri())) {
            var sending = new FutureTask<>(() -> transport.send("[]"));
            Thread sender = Thread.ofVirtual().start(sending);
            server.nextRequest();
            sender.interrupt();
            var failure = assertThrows(ExecutionException.class, () -> sending.get(20, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, failure.getCause());
            assertTrue(server.clientHangsUp());
        }
    }

    @Test
    void closeAbortsWhatIsUnderWayAndRefusesWhatComesLater() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {}); var other = new Opened(provider, server.uri())) {
            var transport = new Opened(provider, server.uri());
            FutureTask<String> held = transport.sendAside("[1]");
            server.nextRequest();
            FutureTask<String> heldByAnother = other.sendAside("[2]");
            server.nextRequest();
            transport.close();
            transport.close();
            var aborted = assertThrows(ExecutionException.class, () -> held.get(20, TimeUnit.SECONDS));
            assertEquals(Problem.CLOSED, ((TransportException) aborted.getCause()).problem());
            assertTrue(server.clientHangsUp());
            var later = assertThrows(TransportException.class, () -> transport.send("[3]"));
            assertEquals(Problem.CLOSED, later.problem());
            assertTrue(!heldByAnother.isDone(), "the exchange of another transport was aborted as well");
        }
    }

    @Test
    void c049_oneExchangeDoesNotWaitForAnother() throws Exception {
        try (var server = new LoopbackServer((request, out) -> {
            if (!request.endsWith("[\"held\"]")) {
                saying("200 OK", "[]").write(request, out);
            }
        }); var transport = new Opened(provider, server.uri())) {
            FutureTask<String> held = transport.sendAside("[\"held\"]");
            server.nextRequest();
            assertEquals("[]", transport.send("[2]"));
            assertEquals("[]", transport.send("[3]"));
            assertTrue(!held.isDone());
        }
    }

    private void expires(LoopbackServer.Answer answer) throws Exception {
        try (var server = new LoopbackServer(answer); var transport = new Opened(provider, server.uri())) {
            var failure = assertThrows(TransportException.class, () -> transport.send("[]", SHORT));
            assertEquals(Problem.TIMED_OUT, failure.problem());
            assertTrue(server.clientHangsUp());
        }
    }

    private Problem problem(URI uri) {
        try (var transport = new Opened(provider, uri)) {
            return assertThrows(TransportException.class, () -> transport.send("[]")).problem();
        }
    }
}
