package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Subscriptions outlive sessions (protocol.md 4.8). */
abstract class ClientRestoreRules extends ClientRules {

    private List<String> subscribes(int skip) {
        return server().messages(SUBSCRIBE).stream().skip(skip).map(message -> message.text("subscription")).sorted()
                .toList();
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllEachOnceAfterAnExpiredSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> again = client.subscribe("/foo");
        PullSubscription<JsonValue> several = client.subscription("/bar/*", "/foo", "/service/own").start();
        client.subscribe("/closed").close();
        take(UNSUBSCRIBE);
        awaitHeldConnect();
        CompletableFuture<Held> connect = bench().holdReply(CONNECT);
        server().expireSessions();
        Held held = bench().await(connect);
        assertEquals(List.of("/bar/*", "/foo"), subscribes(3));
        assertEquals(SubscriptionState.ACTIVE, several.state());
        assertFalse(client.isReady());
        held.release();
        awaitReady(client);
        server().publish("/foo", "1");
        assertNext(foo, "1");
        assertNext(again, "1");
        assertNext(several, "1");
        server().awaitHeldConnects(1, bench().patience);
        server().publish("/bar/x", "2");
        assertNext(several, "2");
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllAfterARestartOfTheServer() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (int n = 1; n <= 3; n++) {
            server().restart();
            bench().events.take(ClientEvent.SessionRenewed.class);
            awaitReady(client);
            server().publish("/foo", Integer.toString(n));
            assertNext(subscription, Integer.toString(n));
        }
        assertEquals(List.of(subscription), client.subscriptions());
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllAfterTheProgramConnectsAgain() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.disconnect();
        assertEquals(SubscriptionState.REQUESTED, subscription.state());
        assertFalse(client.isReady());
        client.connect();
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        assertTrue(client.isReady());
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        client.reconnect();
        server().publish("/foo", "2");
        assertNext(subscription, "2");
        assertEquals(3, count(SUBSCRIBE));
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllNotWhatWasClosedMeanwhile() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> closed = client.subscribe("/closed");
        client.subscribe("/foo");
        client.disconnect();
        closed.close();
        client.connect();
        assertEquals(List.of("/foo"), subscribes(2));
        assertEquals(0, count(UNSUBSCRIBE));
        assertEquals(List.of("/foo"), server().subscriptions());
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllWhenTheRequestIsLost() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(SUBSCRIBE).answer(Answer.drop(), Answer.status(503));
        server().expireSessions();
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        awaitReady(client);
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        server().awaitHeldConnects(1, bench().patience);
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        assertEquals(4, count(SUBSCRIBE));
    }

    @Test
    @Tag("C-72")
    void reSubscribeFailureIsReportedAndHarmsNobodyElse() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> secret = client.subscribe("/secret");
        awaitHeldConnect();
        server().deny("/secret");
        server().expireSessions();
        ClientEvent.SubscriptionRejected event = bench().events.take(ClientEvent.SubscriptionRejected.class);
        assertSame(secret, event.subscription());
        assertEquals(403, event.cause().error().orElseThrow().code().orElseThrow());
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(SubscriptionState.REJECTED, secret.state());
        assertEquals("/secret", secret.failure().orElseThrow().channel());
        assertEquals(SubscriptionState.ACTIVE, foo.state());
        assertFalse(client.isReady());
        server().awaitHeldConnects(1, bench().patience);
        server().publish("/foo", "1");
        assertNext(foo, "1");
    }

    @Test
    @Tag("C-72")
    void reSubscribeFailureIsTriedAgainInTheNextSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(SUBSCRIBE).amend("{\"successful\":false,\"error\":\"403::denied\"}");
        server().expireSessions();
        bench().events.take(ClientEvent.SubscriptionRejected.class);
        await(client, ConnectionStatus.CONNECTED);
        server().awaitHeldConnects(1, bench().patience);
        server().expireSessions();
        awaitReady(client);
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        assertTrue(subscription.failure().isEmpty());
    }

    @Test
    @Tag("C-72")
    void aRefusalForAPassingReasonIsRetriedUntilTheServerAccepts() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        String busy = "{\"successful\":false,\"error\":\"403::\",\"ext\":{\"sfdc\":{\"failureReason\":\"503::Server is too busy\"}}}";
        server().next(SUBSCRIBE).amend(busy);
        server().next(SUBSCRIBE).amend(busy);
        server().expireSessions();
        bench().events.take(ClientEvent.SessionRenewed.class);
        awaitReady(client);
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        assertEquals(4, count(SUBSCRIBE), "the first, the restored one, and two retries");
        server().publish("/foo", "1");
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-72")
    void aRejectedChannelCanBeSubscribedAnew() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> old = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(SUBSCRIBE).amend("{\"successful\":false,\"error\":\"403::denied\"}");
        server().expireSessions();
        bench().events.take(ClientEvent.SubscriptionRejected.class);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(SubscriptionState.ACTIVE, client.subscribe("/foo").state());
        assertEquals(SubscriptionState.ACTIVE, old.state());
    }

    @Test
    @Tag("C-73")
    void noReSubscribeOnRetry() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        bench().peer.goDown();
        await(client, ConnectionStatus.RECONNECTING);
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        assertFalse(client.isReady());
        bench().peer.comeBack();
        awaitReady(client);
        server().awaitHeldConnects(1, bench().patience);
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        assertEquals(1, count(SUBSCRIBE));
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-50")
    @Tag("C-71")
    void whatIsRestoredGoesBeforeWhatIsQueued() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        server().expireSessions();
        Held held = bench().await(reply);
        await(client, ConnectionStatus.REHANDSHAKING);
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        held.release();
        publishing.result();
        assertNext(subscription, "1");
    }
}
