package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ClosedPort;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.SilentPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that cannot be made, or that TLS is not agreed on for. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class ConnectingTest {

    private interface Talk {
        void over(Socket connection) throws IOException;
    }

    /** Answers the first client that connects, as the test says. */
    private static ServerSocket listen(Talk talk) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("test-server").start(() -> {
            try (Socket connection = server.accept()) {
                connection.getInputStream().read();
                talk.over(connection);
            } catch (IOException closed) {
                // The client sees it as well.
            }
        });
        return server;
    }

    private static TransportException failure(Http http, String uri) {
        return failure(http, TransportContext.to(URI.create(uri)));
    }

    private static TransportException failure(Http http, TransportContext context) {
        try (Way way = new Way(http, context)) {
            return way.failure();
        }
    }

    @OverEachTransport
    void refusedConnectionIsNotConnected(Http http) throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            assertEquals(Problem.NOT_CONNECTED, failure(http, "http://localhost:" + nobody.number()).problem());
        }
    }

    /** Each connection is closed right after its answer, so that a request over it would be lost. */
    @OverEachTransport
    void withoutKeepAliveNothingIsLostToServersOfTheFirstVersion(Http http) throws Exception {
        assumeTrue(!http.fullDuplex(), "a WebSocket needs HTTP/1.1");
        try (ScriptedServer server = ScriptedServer.start();
                Way way = new Way(http, server.uri(), HttpSettings.DEFAULT.withKeepAlive(false))) {
            server.answerWith(request -> Answer.json("[]").framed(Reply.Framing.HTTP_1_0));
            for (int n = 0; n < 100; n++) {
                assertEquals("[]", way.exchange("[]"));
            }
        }
    }

    /** The same without a setting: the client asks with its first request, the handshake. */
    @OverEachTransport
    void nothingIsLostToServersOfTheFirstVersion(Http http) throws Exception {
        assumeTrue(!http.fullDuplex(), "a WebSocket needs HTTP/1.1");
        try (ScriptedServer server = ScriptedServer.start();
                Way way = new Way(http, server.uri(), HttpSettings.DEFAULT)) {
            server.answerWith(request -> Answer.json("[]").framed(Reply.Framing.HTTP_1_0));
            for (int n = 0; n < 200; n++) {
                assertEquals("[]", way.exchange("[]"));
            }
        }
    }

    @OverEachTransport
    void connectionsOfNewerServersAreKept(Http http) throws Exception {
        assumeTrue(!http.fullDuplex(), "a WebSocket has one connection anyway");
        try (ScriptedServer server = ScriptedServer.start();
                Way way = new Way(http, server.uri(), HttpSettings.DEFAULT)) {
            server.answerWith(request -> Answer.json("[]"));
            for (int n = 0; n < 10; n++) {
                assertEquals("[]", way.exchange("[]"));
            }
            // The first request of a transport may ask for the end of its connection.
            assertTrue(server.requests().getLast().connection() <= 2, () -> "connection "
                    + server.requests().getLast().connection());
        }
    }

    @OverEachTransport
    void unknownHost(Http http) {
        assertEquals(Problem.UNKNOWN_HOST, failure(http, "http://bayeux.invalid:8080/").problem());
    }

    @OverEachTransport
    void connectionThatIsNotMadeInTimeIsNotConnected(Http http) {
        try (SilentPort silent = SilentPort.open();
                Way way = new Way(http, TransportContext.to(silent.uri()).withConnectTimeout(Duration.ofMillis(200)))) {
            TransportException failure = way.failure();
            assertEquals(Problem.NOT_CONNECTED, failure.problem(), failure::toString);
        }
    }

    /** The JDK's client does not notice the end of such a connection, and waits for the connect timeout. */
    @OverEachTransport
    void connectionCutWhileTlsIsAgreedOnSaysNothingAboutTrust(Http http) throws Exception {
        for (boolean reset : new boolean[]{false, true}) {
            try (ServerSocket server = listen(connection -> connection.setSoLinger(reset, 0))) {
                URI uri = URI.create("https://localhost:" + server.getLocalPort());
                TransportException failure = failure(http,
                        TransportContext.to(uri).withConnectTimeout(Duration.ofSeconds(1)));
                assertEquals(FailureKind.TRANSIENT, failure.kind(), failure::toString);
            }
        }
    }

    /**
     * Over Jetty, once in thousands of times, the thread that sends finds the connection closed before the thread that has read
     * the answer fails the request: a connection that was lost, and the next attempt gives the reason.
     */
    @OverEachTransport
    void portThatDoesNotSpeakTlsIsNotTrusted(Http http) throws Exception {
        TransportException failure = failureOfPlainText(http);
        for (int n = 0; n < 10 && failure.problem() != Problem.UNTRUSTED; n++) {
            assertEquals(FailureKind.TRANSIENT, failure.kind(), failure::toString);
            failure = failureOfPlainText(http);
        }
        assertEquals(Problem.UNTRUSTED, failure.problem(), failure::toString);
    }

    private static TransportException failureOfPlainText(Http http) throws Exception {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        try (ServerSocket server = listen(connection -> {
            connection.getOutputStream().write("HTTP/1.1 400 What?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            // The end of the connection would be another failure.
            failed.join();
        })) {
            return failure(http, "https://localhost:" + server.getLocalPort());
        } finally {
            failed.complete(null);
        }
    }
}
