package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.SubscribeException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an extension holds back does not leave (protocol.md C-117), and no empty array leaves instead (C-125). */
abstract class ClientVetoRules extends ClientRules {

    /** After one failure nothing is tried again within a test. */
    private static final Backoff ONCE = Backoff.of(Duration.ofDays(1), Duration.ofDays(1));

    private static void assertNotSent(PublishException failure) {
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertEquals("holding", assertInstanceOf(HeldBackException.class, failure.getCause()).extension());
        assertTrue(failure.getMessage().contains("404::message_deleted"), failure::getMessage);
    }

    @Test
    @Tag("C-117")
    @Tag("C-125")
    void aPublishOrCallThatIsHeldBackFailsAsNotSent() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack("/service/secret");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        int before = bench().peer.requestCount();
        assertNotSent(bench().run(() -> client.publish("/service/secret", 1)).failure(PublishException.class));
        assertNotSent(bench().call(() -> client.call("/service/secret", 1)).failure(PublishException.class));
        assertEquals(before, bench().peer.requestCount());
        client.publish("/foo", 1);
        assertEquals(0, count("/service/secret"));
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-117")
    void theOthersOfABatchLeave() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack("/secret");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        BatchException failure = bench().run(() -> client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/secret", 2);
            batch.publish("/foo", 3);
        })).failure(BatchException.class);
        assertEquals(Set.of(1), failure.failures().keySet());
        assertNotSent(failure.failures().get(1));
        assertEquals(List.of("1", "3"), server().messages("/foo").stream()
                .map(message -> message.json().get("data").toString()).toList());
    }

    @Test
    @Tag("C-117")
    @Tag("C-125")
    void aSubscribeThatIsHeldBackFails() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack(SUBSCRIBE);
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        int before = bench().peer.requestCount();
        SubscribeException failure = bench().call(() -> client.subscribe("/foo")).failure(SubscribeException.class);
        assertInstanceOf(HeldBackException.class, failure.getCause());
        holding.outgoing = message -> message;
        client.publish("/foo", 1);
        assertEquals(before + 1, bench().peer.requestCount());
        assertEquals(List.of(), client.subscriptions());
    }

    @Test
    @Tag("C-72")
    @Tag("C-117")
    void aSubscribeThatIsHeldBackInANewSessionHoldsUpNoOther() throws Exception {
        ClientWatching holding = new ClientWatching("holding");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        PullSubscription<JsonValue> secret = client.subscribe("/secret");
        PullSubscription<JsonValue> other = client.subscribe("/foo");
        awaitHeldConnect();
        holding.outgoing = message -> message.subscriptions().contains("/secret") ? null : message;
        server().expireSessions();
        assertHeldBack();
        awaitHeldConnect();
        server().publish("/foo", "1");
        assertNext(other, "1");
        assertEquals(SubscriptionState.REQUESTED, secret.state());
        holding.outgoing = message -> message;
        awaitReady(client);
        assertEquals(SubscriptionState.ACTIVE, secret.state());
    }

    /** Takes the events up to the report that a subscription could not be restored. */
    private void assertHeldBack() throws InterruptedException {
        BayeuxException cause;
        do {
            cause = bench().events.take(ClientEvent.AttemptFailed.class).cause();
        } while (!(cause instanceof SubscribeException));
        assertInstanceOf(HeldBackException.class, cause.getCause());
    }

    @Test
    @Tag("C-72")
    @Tag("C-125")
    void allSubscribesOfANewSessionMayBeHeldBack() throws Exception {
        ClientWatching holding = new ClientWatching("holding");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        client.subscribe("/foo");
        awaitHeldConnect();
        holding.outgoing = message -> message.channel().equals(SUBSCRIBE) ? null : message;
        server().expireSessions();
        assertHeldBack();
        awaitHeldConnect();
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-117")
    @Tag("C-125")
    void aHandshakeThatIsHeldBackIsAFailedAttempt() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack(HANDSHAKE);
        BayeuxClient client = bench()
                .build(bench().builder().addExtension(holding).backoff(ONCE.withMaxAttempts(1)));
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        assertInstanceOf(HeldBackException.class, failure.getCause());
        assertEquals(0, bench().peer.requestCount());
        holding.outgoing = message -> message;
        client.connect();
        assertEquals(List.of(">" + HANDSHAKE, "HandshakeFailed", ">" + HANDSHAKE), holding.first(3));
    }

    @Test
    @Tag("C-117")
    void handshakesThatAreHeldBackAreTriedAgain() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack(HANDSHAKE);
        holding.outgoing = message -> holding.count(">" + HANDSHAKE) < 3 ? null : message;
        bench().connect(bench().builder().addExtension(holding));
        assertEquals(1, count(HANDSHAKE));
        assertEquals(2, bench().events.all(ClientEvent.AttemptFailed.class).size());
    }

    @Test
    @Tag("C-117")
    @Tag("C-125")
    void aConnectThatIsHeldBackIsAFailedAttempt() throws Exception {
        ClientWatching holding = new ClientWatching("holding");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding).backoff(ONCE));
        int before = bench().peer.requestCount();
        holding.outgoing = message -> message.channel().equals(CONNECT) ? null : message;
        server().answerHeldConnects("{}");
        assertInstanceOf(HeldBackException.class,
                bench().events.take(ClientEvent.AttemptFailed.class).cause());
        await(client, ConnectionStatus.RECONNECTING);
        assertEquals(3, holding.count(">" + CONNECT));
        assertEquals(before, bench().peer.requestCount());
    }

    @Test
    @Tag("C-117")
    void theSessionGoesOnWhenConnectsAreLetThroughAgain() throws Exception {
        ClientWatching holding = new ClientWatching("holding");
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        String clientId = client.clientId().orElseThrow();
        holding.outgoing = message -> message.channel().equals(CONNECT) && holding.count(">" + CONNECT) < 6
                ? null
                : message;
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        awaitReady(client);
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(0, take(CONNECT, 3).json().getJsonObject("advice").getInt("timeout"));
    }

    @Test
    @Tag("C-117")
    void aDisconnectThatIsHeldBackEndsTheSessionHere() throws Exception {
        ClientWatching holding = ClientWatching.holdingBack(DISCONNECT);
        BayeuxClient client = bench().connectAndSettle(bench().builder().addExtension(holding));
        client.disconnect();
        assertTrue(client.state().isDisconnected());
        assertEquals(0, count(DISCONNECT));
    }
}
