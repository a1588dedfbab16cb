package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A transport passes on the complete messages of a response that is cut off. */
class ReplyInPartTest {

    private static final long PATIENCE_S = 20;

    /** A transport that plays the server: the response to the second connect is cut off, and the server retransmits it. */
    private static final class BreakingServer implements RequestResponseTransport, TransportProvider {

        private static final String THREE = "{\"channel\":\"/foo\",\"data\":1},{\"channel\":\"/foo\",\"data\":2},{\"channel\":\"/foo\",\"data\":3}";

        private final CountDownLatch subscribed = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);
        private final LinkedBlockingQueue<JsonObject> connects = new LinkedBlockingQueue<>();
        private TransportContext context = TransportContext.to(URI.create("http://breaking.test/"));
        private int connect;

        @Override
        public String name() {
            return "breaking";
        }

        @Override
        public String connectionType() {
            return "long-polling";
        }

        @Override
        public Transport open(TransportContext given) {
            context = given;
            return this;
        }

        @Override
        public String exchange(Batch batch) throws InterruptedException {
            List<String> replies = new ArrayList<>();
            for (JsonValue each : Json.createReader(new StringReader(batch.text())).readArray()) {
                JsonObject request = each.asJsonObject();
                replies.add(request.getString("channel").equals("/meta/connect") ? connect(request) : yes(request, ""));
            }
            return "[" + String.join(",", replies) + "]";
        }

        private String connect(JsonObject request) throws InterruptedException {
            connect++;
            connects.add(request);
            return switch (connect) {
                case 1 -> yes(request, ",\"ext\":{\"ack\":1}");
                case 2 -> {
                    subscribed.await();
                    context.inbox().receivedInPart("[" + THREE.substring(0, THREE.length() - 2));
                    throw new TransportException(Problem.LOST, "The response broke off.", null);
                }
                case 3 -> THREE + "," + yes(request, ",\"ext\":{\"ack\":2}");
                default -> {
                    left.await();
                    yield yes(request, "");
                }
            };
        }

        private String yes(JsonObject request, String more) {
            switch (request.getString("channel")) {
                case "/meta/subscribe" -> subscribed.countDown();
                case "/meta/disconnect" -> left.countDown();
                default -> {
                    // Nothing waits for it.
                }
            }
            return """
                    {"channel":"%s","id":"%s","successful":true,"clientId":"c1","version":"1.0",\
                    "supportedConnectionTypes":["long-polling"]%s%s}""".formatted(request.getString("channel"),
                    request.getString("id"),
                    request.getString("channel").equals("/meta/handshake") ? ",\"ext\":{\"ack\":true}" : "", more);
        }

        JsonObject nextConnect() throws InterruptedException {
            JsonObject next = connects.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No connect has come");
            }
            return next;
        }

        @Override
        public void close() {
            left.countDown();
        }
    }

    @Test
    @Tag("C-108")
    @Tag("C-112")
    @Tag("C-114")
    void messagesBeforeACutAreTakenOnceAndAcknowledgedWithTheWholeReply() throws Exception {
        BreakingServer server = new BreakingServer();
        try (BayeuxClient client = new CoreClientFactory(ClientRuntime.jvm())
                .create(BayeuxClient.builder(URI.create("http://breaking.test/")).transports(server)
                        .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(20))).config())) {
            client.connect();
            PullSubscription<JsonValue> foo = client.subscribe("/foo");
            List<String> taken = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                taken.add(String.valueOf(foo.poll(Duration.ofSeconds(PATIENCE_S)).orElseThrow().data()));
            }
            assertEquals(List.of("1", "2", "3"), taken);
            server.nextConnect();
            server.nextConnect();
            assertEquals("{\"ack\":1}", server.nextConnect().get("ext").toString(), "not all of it had come");
            assertEquals("{\"ack\":2}", server.nextConnect().get("ext").toString());
            assertEquals(List.of(), foo.poll(1, Duration.ZERO), "nothing comes twice");
        }
    }
}
