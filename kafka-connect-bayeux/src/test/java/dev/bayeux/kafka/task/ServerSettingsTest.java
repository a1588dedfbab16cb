package dev.bayeux.kafka.task;

import static dev.bayeux.kafka.task.MemoryServerWorld.PATIENCE;
import static dev.bayeux.kafka.task.MemoryServerWorld.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bayeux.kafka.SourceOffsets;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the server, TLS, the proxy and OAuth take effect over sockets. */
@Timeout(180)
class ServerSettingsTest {

    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static Path keystore;
    private static Path pem;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeTheKeys() {
        own = TestCertificate.localhost();
        keystore = own.writeKeystore(folder.resolve("keys.p12"), PASSWORD);
        pem = own.writeCertificate(folder.resolve("certificate.pem"));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T each) {
        open.add(each);
        return each;
    }

    private BayeuxSourceTask start(String url, String... settings) {
        Map<String, String> all = new TreeMap<>(Map.of("bayeux.url", url, "bayeux.channels", "/a", "topic", "t",
                "bayeux.retry.backoff.ms", "20", "bayeux.retry.backoff.max.ms", "50"));
        for (int n = 0; n < settings.length; n += 2) {
            all.put(settings[n], settings[n + 1]);
        }
        BayeuxSourceTask task = new BayeuxSourceTask();
        open.add(task::stop);
        task.initialize(new StoredOffsets());
        task.start(all);
        return task;
    }

    private static SourceRecord delivered(BayeuxSourceTask task, ScriptedBayeux server) throws Exception {
        server.awaitSubscription("/a", PATIENCE);
        server.publish("/a", "{\"n\":1}");
        List<SourceRecord> records = new ArrayList<>();
        await("a record", () -> {
            records.addAll(Objects.requireNonNullElse(task.poll(), List.of()));
            return !records.isEmpty();
        });
        return records.getFirst();
    }

    private static String failure(BayeuxSourceTask task) throws Exception {
        List<String> failures = new ArrayList<>();
        await("a failure", () -> {
            try {
                task.poll();
            } catch (ConnectException failed) {
                failures.add(String.valueOf(failed.getMessage()));
            }
            return !failures.isEmpty();
        });
        return failures.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"PKCS12,long-polling", "PEM,long-polling", "PEM,websocket"})
    void aServerIsTrustedByTheTruststore(String type, String transport) throws Exception {
        ScriptedBayeux server = closing(ScriptedBayeux.over(ScriptedServer.start(own.context(own))));
        BayeuxSourceTask task = start(server.uri().toString(), "bayeux.transport", transport,
                "bayeux.tls.truststore.location", (type.equals("PEM") ? pem : keystore).toString(),
                "bayeux.tls.truststore.type", type, "bayeux.tls.truststore.password", PASSWORD);
        assertEquals("{\"n\":1}", delivered(task, server).value());
    }

    @Test
    void aServerThatIsNotTrustedFailsTheTask() throws Exception {
        ScriptedBayeux server = closing(ScriptedBayeux.over(ScriptedServer.start(own.context(own))));
        String failure = failure(start(server.uri().toString()));
        assertTrue(failure.contains("certificate"), failure);
    }

    @Test
    void aServerThatAsksForACertificateGetsThatOfTheKeystore() throws Exception {
        ScriptedBayeux server = closing(
                ScriptedBayeux.over(ScriptedServer.startAskingClients(own.context(own))));
        BayeuxSourceTask task = start(server.uri().toString(), "bayeux.tls.truststore.location", pem.toString(),
                "bayeux.tls.truststore.type", "PEM", "bayeux.tls.keystore.location", keystore.toString(),
                "bayeux.tls.keystore.password", PASSWORD);
        assertEquals("{\"n\":1}", delivered(task, server).value());
    }

    private TestProxy proxyTo(ScriptedBayeux server) {
        return closing(TestProxy.start().routeAllTo(server.uri()));
    }

    /** Starts a task whose address only the proxy can resolve. */
    private BayeuxSourceTask startBehind(TestProxy proxy, String transport, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("bayeux.transport", transport, "bayeux.proxy.host", proxy.host(), "bayeux.proxy.port",
                Integer.toString(proxy.port())));
        return start("http://push.example/cometd", all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"long-polling,POST", "websocket,CONNECT"})
    void everythingGoesThroughTheProxy(String transport, String method) throws Exception {
        ScriptedBayeux server = closing(ScriptedBayeux.start());
        TestProxy proxy = proxyTo(server);
        BayeuxSourceTask task = startBehind(proxy, transport);
        assertEquals("{\"n\":1}", delivered(task, server).value());
        assertTrue(proxy.requests().stream().allMatch(request -> request.startsWith(method)),
                () -> proxy.requests().toString());
    }

    @Test
    void theProxyGetsItsLogin() throws Exception {
        ScriptedBayeux server = closing(ScriptedBayeux.start());
        TestProxy proxy = proxyTo(server).requireLogin("me", "pw");
        BayeuxSourceTask task = startBehind(proxy, "long-polling", "bayeux.proxy.user", "me", "bayeux.proxy.password",
                "pw");
        assertEquals("{\"n\":1}", delivered(task, server).value());
    }

    @Test
    void aTunnelLoginThatTheJvmDoesNotSendFailsTheTaskWithAdvice() throws Exception {
        TestProxy proxy = proxyTo(closing(ScriptedBayeux.start())).requireLogin("me", "pw");
        String failure = failure(startBehind(proxy, "websocket", "bayeux.proxy.user", "me", "bayeux.proxy.password",
                "pw"));
        assertTrue(failure.contains("jdk.http.auth.tunneling.disabledSchemes"), failure);
        assertFalse(failure.contains("pw"), failure);
    }

    @Test
    void theNextAddressIsUsedIfTheFirstFailsAndTheSourcePartitionStays() throws Exception {
        ScriptedBayeux first = closing(ScriptedBayeux.start());
        ScriptedBayeux second = closing(ScriptedBayeux.start());
        BayeuxSourceTask task = start("%s,%s".formatted(first.uri(), second.uri()), "bayeux.server.id", "push");
        Map<String, String> partition = SourceOffsets.partition("push", "/a");
        assertEquals(partition, delivered(task, first).sourcePartition());
        first.peer().goDown();
        assertEquals(partition, delivered(task, second).sourcePartition());
    }

    @Test
    void aTokenComesFromTheTokenEndpointAndARefusalThereFailsTheTaskAndShowsNoSecret() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>(List.of(200, 401));
        HttpServer tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        open.add(() -> tokens.stop(0));
        tokens.createContext("/token", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = statuses.remove();
            byte[] body = (status == 200
                    ? "{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                    : "{\"error\":\"invalid_client\",\"error_description\":\"s&cret is wrong\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        tokens.start();
        String endpoint = "http://127.0.0.1:%d/token".formatted(tokens.getAddress().getPort());
        String[] settings = {"bayeux.auth", "oauth2-client-credentials", "bayeux.auth.oauth2.token.url", endpoint,
                "bayeux.auth.oauth2.client.id", "id:1", "bayeux.auth.oauth2.client.secret", "s&cret",
                "bayeux.auth.oauth2.scope", "push api"};
        ScriptedBayeux server = closing(ScriptedBayeux.start());
        assertEquals("{\"n\":1}", delivered(start(server.uri().toString(), settings), server).value());
        String request = requests.take();
        assertTrue(request.startsWith("Basic aWQlM0ExOnMlMjZjcmV0 "), request);
        assertTrue(request.contains("grant_type=client_credentials") && request.contains("scope=push+api"), request);
        assertEquals("Bearer t1", server.peer().requests().getFirst().header("Authorization"));
        String failure = failure(start(server.uri().toString(), settings));
        assertTrue(failure.contains("401") && failure.contains("invalid_client"), failure);
        assertFalse(failure.contains("cret is"), failure);
    }
}
