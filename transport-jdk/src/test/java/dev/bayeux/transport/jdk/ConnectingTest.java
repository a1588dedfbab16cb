package dev.bayeux.transport.jdk;

import static dev.bayeux.transport.jdk.LoopbackServer.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportProvider;
import java.io.IOException;
import java.io.OutputStream;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that cannot be made, or that TLS is not agreed on for. */
@Tag("transport:jdk")
class ConnectingTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final TransportProvider provider = new JdkLongPollingProvider();

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
    void connectionCutWhileTlsIsAgreedOnSaysNothingAboutTrust() throws Exception {
        for (boolean reset : new boolean[]{false, true}) {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (Socket connection = server.accept()) {
                        connection.getInputStream().read();
                        connection.setSoLinger(reset, 0);
                    } catch (IOException closed) {
                        // The client sees it as well.
                    }
                });
                try (var transport = new Opened(provider, URI.create("https://localhost:" + server.getLocalPort()))) {
                    var failure = assertThrows(TransportException.class, () -> transport.send("[]"));
                    assertEquals(FailureKind.TRANSIENT, failure.kind(), failure.toString());
                }
            }
        }
    }

    @Test
    void portThatDoesNotSpeakTlsIsNotTrusted() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read();
                    connection.getOutputStream()
                            .write("HTTP/1.1 400 What?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException closed) {
                    // The client sees it as well.
                }
            });
            assertEquals(Problem.UNTRUSTED, problem(URI.create("https://localhost:" + server.getLocalPort())));
        }
    }

    private Problem problem(URI uri) {
        try (var transport = new Opened(provider, uri)) {
            return assertThrows(TransportException.class, () -> transport.send("[]")).problem();
        }
    }
}
