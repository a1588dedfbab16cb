package dev.bayeux.transport.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.http.HttpSettings.Version;
import dev.bayeux.http.SocketCall;
import dev.bayeux.http.SocketListener;
import dev.bayeux.http.SocketReply;
import dev.bayeux.http.shared.ClientHandle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to an upgrade that give no WebSocket. Jetty wraps what was wrong in several exceptions. */
@Tag("transport:jetty")
@Tag("C-128")
@Timeout(60)
class JettySocketOpenerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nContent-Length: abc\r\n\r\n"})
    void anAnswerThatIsNotHttpIsDistinguishedFromALostConnection(String answer) throws Exception {
        assertInstanceOf(ProtocolException.class, failureOf(answer, LONG));
    }

    @Test
    void silenceIsDistinguishedFromALostConnection() throws Exception {
        assertInstanceOf(TimeoutException.class, failureOf("", Duration.ofMillis(50)));
        assertInstanceOf(TimeoutException.class,
                failureOf("HTTP/1.1 101 Switching Protocols\r\nX: y\r\n", Duration.ofMillis(500)));
    }

    @Test
    void anAnswerToAnotherUpgradeHasItsStatus() throws Exception {
        SocketReply reply = answerOf("""
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: AAAA\r
                \r
                """, LONG);
        assertNull(reply.socket());
        assertEquals(101, reply.reply().status());
    }

    private static Throwable failureOf(String answer, Duration limit) {
        return assertThrows(ExecutionException.class, () -> answerOf(answer, limit)).getCause();
    }

    /** The server sends a text and leaves the connection open. */
    private static SocketReply answerOf(String answer, Duration limit) throws Exception {
        WebSocketClient client = DefaultClient.forSockets(new ClientSettings(Duration.ofSeconds(30), false,
                Version.HTTP_1_1, ProxySelector.of(null), Optional.empty(), Optional.empty()));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, answer.getBytes(US_ASCII)));
            client.start();
            return new JettySocketOpener(ClientHandle.of(client), false)
                    .open(new SocketCall(URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), limit,
                            new Unused()))
                    .get();
        } finally {
            client.stop();
        }
    }

    private static void answer(ServerSocket server, byte[] answer) {
        try (Socket connection = server.accept(); OutputStream out = connection.getOutputStream()) {
            BufferedReader request = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            while (!request.readLine().isEmpty()) {
                // The request has to arrive whole.
            }
            out.write(answer);
            out.flush();
            request.readLine();
        } catch (IOException closed) {
            // The client has closed the connection.
        }
    }

    /** No socket opens here. */
    private static final class Unused implements SocketListener {

        @Override
        public void text(CharSequence part, boolean last) {
            // No socket, no text.
        }

        @Override
        public void binary() {
            // As above.
        }

        @Override
        public void closed(int code, String reason) {
            // As above.
        }

        @Override
        public void failed(Throwable failure) {
            // As above.
        }
    }
}
