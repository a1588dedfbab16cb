package dev.bayeux.transport.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.HttpSettings.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the HTTP client is set that a transport makes. */
@Tag("transport:jetty")
class DefaultClientTest {

    private static HttpClient client(Version version) {
        return DefaultClient.forHttp(new ClientSettings(Duration.ofSeconds(3), true, version, ProxySelector.of(null),
                Optional.empty(), Optional.empty()));
    }

    @Test
    void aConnectionOnWhichAllIsHeldIsNotIdle() {
        assertEquals(0, client(Version.HTTP_2).getIdleTimeout());
    }

    @Test
    void anUnusedConnectionIsClosedBeforeAFirewallForgetsIt() {
        assertTrue(client(Version.HTTP_1_1).getIdleTimeout() > 0);
    }

    @Test
    void jettyDoesNothingUnasked() {
        for (Version version : Version.values()) {
            HttpClient client = client(version);
            assertFalse(client.isFollowRedirects());
            assertInstanceOf(HttpCookieStore.Empty.class, client.getHttpCookieStore());
        }
    }

    /** The timer outlives the client that started it, if another one shares it. */
    @Test
    void theTimerDoesNotKeepTheContextLoaderOfItsFirstCaller() throws Exception {
        HttpClient client = client(Version.HTTP_1_1);
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        ClassLoader foreign = new ClassLoader(before) {
        };
        CompletableFuture<ClassLoader> used = new CompletableFuture<>();
        try {
            caller.setContextClassLoader(foreign);
            client.start();
            client.getScheduler().schedule(() -> used.complete(Thread.currentThread().getContextClassLoader()), 0,
                    TimeUnit.MILLISECONDS);
            assertNotSame(foreign, used.get(60, TimeUnit.SECONDS));
        } finally {
            caller.setContextClassLoader(before);
            client.stop();
        }
    }

    @Test
    void aClientForSocketsDoesNotKeepTheContextLoaderOfItsMaker() {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        WeakReference<ClassLoader> foreign = new WeakReference<>(new ClassLoader(before) {
        });
        WebSocketClient sockets;
        try {
            caller.setContextClassLoader(foreign.get());
            sockets = DefaultClient.forSockets(new ClientSettings(Duration.ofSeconds(3), false, Version.HTTP_1_1,
                    ProxySelector.of(null), Optional.empty(), Optional.empty()));
        } finally {
            caller.setContextClassLoader(before);
        }
        for (int n = 0; n < 100 && foreign.get() != null; n++) {
            System.gc();
        }
        assertNull(foreign.get());
        assertFalse(sockets.isStarted());
    }

    @Test
    @Tag("C-107")
    void theInterimResponsesToARequestHaveALimit() throws Exception {
        assertInstanceOf(ProtocolException.class,
                failureOf("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(100), 100_000));
    }

    @Test
    @Tag("C-107")
    void anInvalidChunkIsDistinguishedFromALostConnection() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertTrue(Outcomes.isBadBody(failureOf(head + "zz\r\n[]\r\n", 1)));
        assertFalse(Outcomes.isBadBody(failureOf(head + "5\r\n[]", 1)));
        assertFalse(Outcomes.isBadBody(failureOf("", 1)));
    }

    /** The server answers with a text, so many times, and closes the connection. */
    private static Throwable failureOf(String answer, int times) throws Exception {
        HttpClient client = client(Version.HTTP_1_1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, answer.getBytes(US_ASCII), times));
            client.start();
            return assertThrows(ExecutionException.class,
                    () -> client.newRequest(URI.create("http://127.0.0.1:" + server.getLocalPort())).send()).getCause();
        } finally {
            client.stop();
        }
    }

    private static void answer(ServerSocket server, byte[] answer, int times) {
        try (Socket connection = server.accept(); OutputStream out = connection.getOutputStream()) {
            BufferedReader request = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            while (!request.readLine().isEmpty()) {
                // The request has to arrive whole.
            }
            for (int n = 0; n < times; n++) {
                out.write(answer);
            }
        } catch (IOException closed) {
            // The client has closed the connection.
        }
    }
}
