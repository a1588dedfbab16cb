package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.docs.Cookbook.Cancelled;
import dev.bayeux.tests.docs.Cookbook.Line;
import dev.bayeux.tests.docs.Cookbook.Order;
import dev.bayeux.tests.docs.Cookbook.Ordered;
import dev.bayeux.tests.docs.Cookbook.Question;
import dev.bayeux.tests.docs.Cookbook.Quote;
import dev.bayeux.tests.junit.BayeuxServer;
import dev.bayeux.tests.junit.BayeuxTestServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That the recipes not only compile. */
@BayeuxServer
@ExtendWith(NothingLeft.class)
class CookbookTest {

    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final Cookbook.Warehouse warehouse = new Cookbook.Warehouse() {

        @Override
        public void pack(long number, List<String> items) {
            done.add("pack " + number + " " + items);
        }

        @Override
        public void unpack(long number) {
            done.add("unpack " + number);
        }
    };
    private BayeuxClient client;

    @BeforeEach
    void connect(BayeuxTestServer server) throws InterruptedException {
        client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling").connect();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void assertDone(String expected) throws InterruptedException {
        assertEquals(expected, done.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void everyLineOfTheChatIsPublished(BayeuxTestServer server) throws IOException, InterruptedException {
        Cookbook.chat(client, "lobby", "ann", new BufferedReader(new StringReader("hello\nbye\n")));
        for (String text : List.of("has joined", "hello", "bye", "has left")) {
            assertEquals(new Line("ann", text), server.takeData("/chat/lobby", Line.class));
        }
    }

    @Test
    void eventsAreBoundByTheirKind(BayeuxTestServer server) throws InterruptedException {
        Cookbook.typedEvents(client, warehouse);
        server.push("/orders/1", new Ordered(1, List.of("tea"), Instant.EPOCH));
        assertDone("pack 1 [tea]");
        server.push("/orders/1", Map.of("kind", "cancelled", "number", 1, "why", "too late"));
        assertDone("unpack 1");
        assertEquals("sold out", new Cancelled(2, "sold out").reason());
    }

    @Test
    void listsAreBoundByAToken(BayeuxTestServer server) throws InterruptedException {
        Cookbook.lists(client, warehouse);
        server.push("/backlog", List.of(new Ordered(7, List.of("milk"), Instant.EPOCH)));
        assertDone("pack 7 [milk]");
    }

    @Test
    void platformEventsAreBoundAsSalesforceSendsThem(BayeuxTestServer server) throws InterruptedException {
        client.subscription("/event/Order__e").as(Cookbook.PlatformEvent.class)
                .start(message -> done.add(message.data().payload().toString()));
        JsonObject event = Json.createReader(new StringReader("""
                {"schema":"dffQ2QLzDNHqwB8_sHMxdA","payload":{"CreatedDate":"2026-11-22T10:00:00Z","Number__c":"17",
                "Total__c":12.5},"event":{"replayId":240}}""")).readObject();
        server.push("/event/Order__e", event);
        assertDone(new Order("17", 12.5).toString());
    }

    @Test
    void questionsAreAnswered(BayeuxTestServer server) throws InterruptedException {
        server.onCall("/service/quote",
                asked -> new Quote(asked.asJsonObject().getString("symbol"), 100));
        assertEquals(List.of(new Quote("EU", 100), new Quote("UK", 100)),
                Cookbook.callMany(client, List.of("EU", "UK")));
        assertEquals(new Question("EU"), server.takeData("/service/quote", Question.class));
    }

    @Test
    void manyClientsConnectAndClose(BayeuxTestServer server) {
        List<BayeuxClient> clients = Cookbook.manyClients(server.uri(), List.of("a", "b", "c"),
                device -> "t-" + device);
        assertTrue(clients.stream().allMatch(BayeuxClient::isReady));
        assertEquals(4, server.scripted().clientIds().size());
        Cookbook.closeAll(clients);
        assertEquals(1, server.scripted().clientIds().size());
    }
}
