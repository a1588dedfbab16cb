package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An extension within a real client, before a server that sends as the contract says. */
abstract class ExtensionClientRules extends ExtensionRules {

    /** How often the patience with one call is taken for what needs many. */
    private static final int CALLS = 2;

    private final MemoryServer peer = new MemoryServer();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer);
    private final Queue<ClientEvent.ExtensionFailed> failures = new ConcurrentLinkedQueue<>();

    /** Marks outgoing messages, and checks whether the mark is still there after the extension under test. */
    private static final class Neighbour implements Extension {

        private static final JsonValue MARK = SampleMessage.outgoing(FOREIGN_EXT).json();

        @Override
        public BayeuxMessage outgoing(BayeuxMessage message) {
            return message.withExt(FOREIGN, MARK);
        }
    }

    private Duration limit() {
        return contract().patience().multipliedBy(CALLS);
    }

    private ClientBuilder builder() {
        return BayeuxClient.builder(peer.uri()).name("contract").transports(new MemoryTransportProvider(peer))
                .replyTimeout(contract().patience()).connectCallTimeout(limit())
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)))
                .addExtension(contract().newExtension()).addExtension(new Neighbour()).onEvent(event -> {
                    if (event instanceof ClientEvent.ExtensionFailed failed) {
                        failures.add(failed);
                    }
                });
    }

    @BeforeEach
    final void knowTheExtension() {
        server.tweak(messages -> messages.stream().map(this::sent).toList());
    }

    private JsonValue sent(JsonValue message) {
        return message instanceof JsonObject object
                ? contract().fromServer(SampleMessage.incoming(object.toString())).json()
                : message;
    }

    @AfterEach
    final void closeServer() {
        server.close();
    }

    @Test
    void theClientWorksAsItDoesWithout() throws Exception {
        try (BayeuxClient client = builder().connect()) {
            PullSubscription<JsonValue> subscription = client.subscribe("/foo");
            client.publish("/foo", 1);
            assertEquals("1", subscription.poll(limit()).orElseThrow().text());
            server.awaitHeldConnects(1, limit());
            server.publish("/foo", "{\"a\":[2]}");
            assertEquals("{\"a\":[2]}", subscription.poll(limit()).orElseThrow().text());
            assertEquals("[3]", client.call("/service/echo", List.of(3)).toString());
            subscription.close();
        }
        assertTrue(failures.isEmpty(), () -> "It has failed: %s".formatted(failures));
    }

    @Test
    void newSessionsAreHadAsWithout() throws Exception {
        try (BayeuxClient client = builder().connect()) {
            PullSubscription<JsonValue> subscription = client.subscribe("/foo");
            server.awaitHeldConnects(1, limit());
            server.expireSessions();
            server.awaitHeldConnects(1, limit());
            server.publish("/foo", "1");
            assertEquals("1", subscription.poll(limit()).orElseThrow().text());
            client.reconnect();
            client.publish("/foo", 2);
            assertEquals("2", subscription.poll(limit()).orElseThrow().text());
        }
        assertTrue(failures.isEmpty(), () -> "It has failed: %s".formatted(failures));
    }

    @Test
    @Tag("C-118")
    void messagesOfOthersReachTheServer() throws Exception {
        try (BayeuxClient client = builder().connect()) {
            client.subscribe("/foo").close();
            client.publish("/foo", 1);
        }
        server.messages().forEach(message -> assertEquals(Neighbour.MARK,
                message.json().getJsonObject("ext").get(FOREIGN), message::toString));
        assertFalse(server.messages().isEmpty());
    }

    @Test
    void forgedMessagesReachNoSubscriber() throws Exception {
        List<SampleMessage> forged = contract().forgedMessages().stream().filter(message -> !message.isMeta()).toList();
        Set<JsonValue> texts = forged.stream().map(SampleMessage::json).collect(Collectors.toSet());
        server.tweak(messages -> messages.stream().map(each -> texts.contains(each) ? each : sent(each)).toList());
        try (BayeuxClient client = builder().connect()) {
            PullSubscription<JsonValue> subscription = client.subscribe("/**");
            for (SampleMessage message : forged) {
                server.awaitHeldConnects(1, limit());
                server.push(message.json().toString());
            }
            server.awaitHeldConnects(1, limit());
            server.publish("/last", "\"last\"");
            assertEquals("/last", subscription.poll(limit()).orElseThrow().channel());
        }
    }
}
