package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReplyTweak;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.MemoryServer;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client over a full-duplex transport, whose answers come in frames of their own. */
@Tag("transport:memory-duplex")
@ExtendWith(NothingLeft.class)
class DuplexTransportTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final MemoryServer peer = new MemoryServer();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer);
    private BayeuxClient client;

    private ClientBuilder builder() {
        return BayeuxClient.builder(peer.uri()).transports(new DuplexProvider(peer)).replyTimeout(LIMIT)
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).onEvent(event -> {
                    // Only prevents the log: the test reads the state.
                });
    }

    private PullSubscription<JsonValue> subscribed(ClientBuilder settings) throws InterruptedException {
        client = settings.connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server.awaitHeldConnects(1, LIMIT);
        return subscription;
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private void await(Predicate<ClientState> condition) throws InterruptedException {
        assertTrue(client.awaitState(condition, LIMIT).isPresent(), () -> client.state().toString());
    }

    private static String next(PullSubscription<JsonValue> subscription) throws InterruptedException {
        return subscription.poll(LIMIT).orElseThrow().text();
    }

    @Test
    void everythingWorks() throws Exception {
        server.tweak(ReplyTweak.repliesFirst());
        PullSubscription<JsonValue> subscription = subscribed(builder());
        client.publish("/foo", 1);
        assertEquals("1", next(subscription));
        server.publish("/foo", "2");
        assertEquals("2", next(subscription));
        assertEquals("[3]", client.call("/service/echo", List.of(3)).toString());
        client.batch(batch -> IntStream.range(4, 100).forEach(n -> batch.publish("/foo", n)));
        for (int n = 4; n < 100; n++) {
            assertEquals(Integer.toString(n), next(subscription));
        }
        assertEquals("websocket", server.takeMessage("/meta/connect", LIMIT).text("connectionType"));
        client.disconnect();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        assertEquals(List.of(), server.clientIds());
        assertEquals(1, server.mostConnectsAtOnce());
    }

    @Test
    @Tag("C-58")
    void refusalsReachTheCaller() throws Exception {
        server.deny("/secret");
        subscribed(builder());
        PublishException failure = assertThrows(PublishException.class, () -> client.publish("/secret", 1));
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-20/A10")
    void aLostConnectionKeepsTheSession() throws Exception {
        PullSubscription<JsonValue> subscription = subscribed(builder());
        String clientId = client.clientId().orElseThrow();
        peer.goDown();
        await(state -> state.status() == ConnectionStatus.RECONNECTING);
        peer.comeBack();
        assertTrue(client.awaitReady(LIMIT));
        server.awaitHeldConnects(1, LIMIT);
        server.publish("/foo", "1");
        assertEquals("1", next(subscription));
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @Test
    @Tag("C-56")
    @Tag("C-58")
    void aLostConnectionLeavesOutcomesUnknownAndNothingIsSentAgain() throws Exception {
        subscribed(builder());
        server.next("/bar").answer(Answer.drop());
        PublishException failure = assertThrows(PublishException.class, () -> client.publish("/bar", 1));
        assertEquals(Outcome.UNKNOWN, failure.outcome());
        assertTrue(client.awaitReady(LIMIT));
        server.awaitHeldConnects(1, LIMIT);
        client.publish("/baz", 1);
        assertEquals(1, server.messages("/bar").size());
    }

    @Test
    @Tag("C-71")
    void anExpiredSessionIsReplaced() throws Exception {
        PullSubscription<JsonValue> subscription = subscribed(builder());
        String clientId = client.clientId().orElseThrow();
        server.expireSessions();
        server.awaitHeldConnects(1, LIMIT);
        assertTrue(client.awaitReady(LIMIT));
        server.publish("/foo", "1");
        assertEquals("1", next(subscription));
        assertNotEquals(clientId, client.clientId().orElseThrow());
    }

    @Test
    @Tag("C-96")
    void theServerEndsTheSession() throws Exception {
        PullSubscription<JsonValue> subscription = subscribed(builder());
        server.disconnectSessions();
        await(ClientState::isDisconnected);
        assertThrows(DisconnectedException.class, subscription::take);
    }

    @Test
    @Tag("C-99")
    void anAnswerThatDoesNotComeIsNotWaitedForAndOthersAreNotHarmed() throws Exception {
        PullSubscription<JsonValue> subscription = subscribed(builder().replyTimeout(SHORT));
        server.next("/bar").answer(Answer.stall());
        PublishException failure = assertThrows(PublishException.class, () -> client.publish("/bar", 1));
        assertEquals(Outcome.UNKNOWN, failure.outcome());
        client.publish("/foo", 2);
        assertEquals("2", next(subscription));
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-98")
    @Tag("C-99")
    void aHandshakeOrConnectThatIsNotAnsweredIsRepeated() throws Exception {
        server.next("/meta/handshake").answer(Answer.stall());
        server.next("/meta/connect").answer(Answer.stall());
        client = builder().replyTimeout(SHORT).connect();
        assertTrue(server.messages("/meta/handshake").size() >= 2);
    }

    @Test
    @Tag("C-84")
    void framesWithNonsenseAreIgnored() throws Exception {
        PullSubscription<JsonValue> subscription = subscribed(builder());
        for (String nonsense : List.of("{}", "7", "[]", "{\"channel\":\"/meta/unknown\"}")) {
            server.awaitHeldConnects(1, LIMIT);
            server.push(nonsense);
        }
        server.awaitHeldConnects(1, LIMIT);
        server.publish("/foo", "1");
        assertEquals("1", next(subscription));
        assertTrue(client.isReady());
    }
}
