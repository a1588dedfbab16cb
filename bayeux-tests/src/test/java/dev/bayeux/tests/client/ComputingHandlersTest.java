package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * As many handlers that compute as there are carriers of virtual threads. The server has platform threads, so that it is not
 * held up as well; it delivers one message to each handler with one reply, and measures how long the next connect request
 * takes to arrive.
 */
@Tag("transport:jdk")
class ComputingHandlersTest {

    private static final int HANDLERS = Runtime.getRuntime().availableProcessors();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final AtomicInteger connects = new AtomicInteger();
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Long> next = new CompletableFuture<>();
    private volatile long repliedNs;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonArrayBuilder replies = Json.createArrayBuilder();
        boolean delivers = false;
        for (JsonValue each : Json.createReader(new StringReader(body)).readArray()) {
            JsonObject request = each.asJsonObject();
            String channel = request.getString("channel");
            if (channel.equals("/meta/connect")) {
                int number = connects.incrementAndGet();
                if (number == 2) {
                    subscribed.join();
                    for (int n = 0; n < HANDLERS; n++) {
                        replies.add(Json.createObjectBuilder().add("channel", "/c" + n).add("data", n));
                    }
                    delivers = true;
                } else if (number == 3) {
                    next.complete(System.nanoTime() - repliedNs);
                }
            }
            var reply = Json.createObjectBuilder().add("channel", channel).add("id", request.getString("id", ""))
                    .add("successful", true).add("version", "1.0").add("clientId", "computing-1")
                    .add("supportedConnectionTypes", Json.createArrayBuilder().add("long-polling"))
                    .add("advice", Json.createObjectBuilder().add("reconnect", "retry")
                            .add("interval", connects.get() < 3 ? 0 : 1000).add("timeout", 30_000));
            if (request.containsKey("subscription")) {
                reply.add("subscription", request.get("subscription"));
            }
            replies.add(reply);
        }
        byte[] bytes = replies.build().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        if (delivers) {
            repliedNs = System.nanoTime();
        }
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** How long the next connect takes while all handlers compute, until it has arrived or for some seconds. */
    private Duration gap(ClientBuilder settings, Duration computing) throws Exception {
        try (BayeuxClient client = settings.connect()) {
            for (int n = 0; n < HANDLERS; n++) {
                client.subscription("/c" + n).start(message -> {
                    long untilNs = System.nanoTime() + computing.toNanos();
                    while (!next.isDone() && System.nanoTime() < untilNs) {
                        Thread.onSpinWait();
                    }
                });
            }
            subscribed.complete(null);
            return Duration.ofNanos(next.get(LIMIT.multipliedBy(2).toSeconds(), TimeUnit.SECONDS));
        }
    }

    private ClientBuilder settings() {
        return BayeuxClient.builder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bayeux"))
                .transports("jdk-long-polling").connectCallTimeout(LIMIT);
    }

    @Test
    void handlersThatComputeOnPlatformThreadsDoNotHoldUpTheProtocol() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(HANDLERS)) {
            Duration gap = gap(settings().handlerExecutor(pool), LIMIT);

            assertTrue(gap.compareTo(LIMIT) < 0, "the connect came only after the handlers had ended: " + gap);
        }
    }

    /** Prints what docs/using-the-client.md says. */
    @Test
    @EnabledIfSystemProperty(named = "computing.measure", matches = "virtual|platform")
    void measure() throws Exception {
        boolean platform = System.getProperty("computing.measure").equals("platform");
        try (ExecutorService pool = Executors.newFixedThreadPool(HANDLERS)) {
            Duration gap = gap(platform ? settings().handlerExecutor(pool) : settings(), Duration.ofSeconds(8));
            System.out.printf("%d handlers that compute for 8 s on %s threads, parallelism %s: connect gap %d ms%n",
                    HANDLERS, platform ? "platform" : "virtual",
                    System.getProperty("jdk.virtualThreadScheduler.parallelism", "default"), gap.toMillis());
        }
    }
}
