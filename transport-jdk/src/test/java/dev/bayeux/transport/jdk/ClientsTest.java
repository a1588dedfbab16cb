package dev.bayeux.transport.jdk;

import static dev.bayeux.transport.jdk.LoopbackServer.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.TransportProvider;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which HTTP client a transport uses, and what becomes of it and of its thread. */
@Tag("transport:jdk")
class ClientsTest {

    private final TransportProvider provider = new JdkLongPollingProvider();

    @Test
    void manyTransportsShareOneThreadThatEndsWithTheLastOfThem() throws Exception {
        List<Thread> before = selectorThreads(List.of());
        List<Opened> transports = new ArrayList<>();
        try (var server = new LoopbackServer(saying("200 OK", "[]"))) {
            for (int i = 0; i < 20; i++) {
                transports.add(new Opened(provider, server.uri()));
            }
            assertEquals(List.of(), selectorThreads(before), "a transport that has sent nothing has started a thread");
            for (Opened transport : transports) {
                transport.send("[]");
            }
            List<Thread> shared = selectorThreads(before);
            assertEquals(1, shared.size());
            transports.removeFirst().close();
            transports.getFirst().send("[]");
            transports.forEach(Opened::close);
            assertTrue(shared.getFirst().join(Duration.ofSeconds(20)), "the thread is still there");
            try (var another = new Opened(provider, server.uri())) {
                assertEquals("[]", another.send("[]"));
            }
        }
    }

    @Test
    void tlsOverTheProgramsOwnClientWhichStaysOpen(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.make(directory);
        try (var server = new LoopbackServer(certificate.listen(), "https", saying("200 OK", "[]"));
                var client = HttpClient.newBuilder().sslContext(certificate.context()).build()) {
            var own = new JdkLongPollingProvider(client);
            try (var transport = new Opened(own, server.uri())) {
                assertEquals("[]", transport.send("[1]"));
            }
            assertFalse(client.isTerminated());
            try (var transport = new Opened(own, server.uri())) {
                assertEquals("[]", transport.send("[2]"));
            }
            client.shutdownNow();
        }
    }

    @Test
    void clientThatRedirectsOrKeepsCookiesIsRefused() {
        try (var redirecting = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
                var withCookies = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            assertThrows(ConfigurationException.class, () -> new JdkLongPollingProvider(redirecting));
            assertThrows(ConfigurationException.class, () -> new JdkLongPollingProvider(withCookies));
        }
    }

    @Test
    void headerThatCannotBeSetIsNamedAndItsValueIsNotShown() throws Exception {
        assertTrue(refusal("Content-Length", "2").contains("Content-Length"));
        assertTrue(refusal("Host", "elsewhere").contains("Host"));
        String message = refusal("Authorization", "Bearer se\ncret");
        assertTrue(message.contains("Authorization") && !message.contains("cret"), message);
    }

    @Test
    @Tag("C-56")
    void switchThatRepeatsPostsIsRefused() throws Exception {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        try (var server = new LoopbackServer(saying("200 OK", "[]"))) {
            var refusal = assertThrows(ConfigurationException.class, () -> new Opened(provider, server.uri()));
            assertTrue(refusal.getMessage().contains("enableAllMethodRetry"), refusal.getMessage());
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
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
    private static List<Thread> selectorThreads(List<Thread> known) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .filter(thread -> !known.contains(thread)).toList();
    }
}
