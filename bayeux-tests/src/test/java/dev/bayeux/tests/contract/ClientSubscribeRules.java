package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Subscribing and unsubscribing (protocol.md 4.8). */
abstract class ClientSubscribeRules extends ClientRules {

    /** So long that a test sees whether a wait is ended by what it waits for. */
    private static final Duration A_DAY = Duration.ofDays(1);

    private List<String> sent(String channel) {
        return server().messages(channel).stream().map(message -> message.text("subscription")).toList();
    }

    @Test
    @Tag("C-63")
    void oneSubscribeForTheFirstAndOneUnsubscribeForTheLast() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> first = client.subscribe("/foo");
        PullSubscription<JsonValue> second = client.subscribe("/foo");
        client.subscribe("/bar");
        server().publish("/foo", "1");
        assertNext(first, "1");
        assertNext(second, "1");
        first.close();
        first.close();
        assertEquals(SubscriptionState.CLOSED, first.state());
        awaitHeldConnect();
        server().publish("/foo", "2");
        assertNext(second, "2");
        assertEquals(List.of("/foo", "/bar"), sent(SUBSCRIBE));
        assertEquals(List.of(), sent(UNSUBSCRIBE));
        second.close();
        take(UNSUBSCRIBE);
        assertEquals(List.of("/foo"), sent(UNSUBSCRIBE));
        client.subscribe("/foo");
        assertEquals(List.of("/foo", "/bar", "/foo"), sent(SUBSCRIBE));
    }

    @Test
    @Tag("C-64")
    @Tag("C-76")
    void aDeliveryBeforeTheReplyIsNotLost() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next(SUBSCRIBE).reply("""
                [{"channel":"/foo","data":1},
                 {"channel":"/meta/subscribe","id":"${id}","successful":true,"subscription":"/foo"},
                 {"channel":"/foo","data":2}]""");
        assertNext(client.subscribe("/foo"), "1", "2");
    }

    @Test
    @Tag("C-65")
    void aRefusedSubscriptionDoesNotExist() throws Exception {
        server().deny("/denied/**");
        BayeuxClient client = bench().connectAndSettle();
        SubscribeException failure = bench().call(() -> client.subscribe("/denied/x"))
                .failure(SubscribeException.class);
        assertEquals("/denied/x", failure.channel());
        assertEquals("subscribe_denied", failure.error().orElseThrow().text());
        assertEquals(List.of(), client.subscriptions());
        assertTrue(client.isReady());
        bench().call(() -> client.subscribe("/denied/x")).failure(SubscribeException.class);
        assertEquals(2, count(SUBSCRIBE));
    }

    @Test
    @Tag("C-65")
    void aRefusalIsFoundByItsId() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next(SUBSCRIBE)
                .amend("{\"successful\":false,\"error\":\"403::denied\",\"subscription\":null}");
        bench().call(() -> client.subscribe("/foo")).failure(SubscribeException.class);
    }

    @Test
    @Tag("C-63")
    @Tag("C-65")
    void allWhoWaitForAChannelLearnTheSame() throws Exception {
        server().deny("/denied");
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply(SUBSCRIBE);
        ClientCall<?> first = bench().call(() -> client.subscribe("/denied"));
        Held held = bench().await(reply);
        ClientCall<?> second = bench().call(() -> client.subscribe("/denied"));
        held.release();
        first.failure(SubscribeException.class);
        second.failure(SubscribeException.class);
        assertEquals(List.of(), client.subscriptions());
    }

    @Test
    @Tag("C-65")
    @Tag("C-68")
    void oneRefusedChannelEndsTheWholeSubscription() throws Exception {
        server().deny("/denied");
        BayeuxClient client = bench().connectAndSettle();
        bench().call(() -> client.subscription("/foo", "/denied", "/bar").start()).failure(SubscribeException.class);
        assertEquals(List.of(), client.subscriptions());
        client.publish("/barrier", 1);
        take(UNSUBSCRIBE, 2);
        assertEquals(List.of(), server().subscriptions());
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-66")
    void repliesMayNameLists() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next(SUBSCRIBE).amend("{\"subscription\":[\"/foo\"]}");
        client.subscribe("/foo");
        server().next(SUBSCRIBE).reply("""
                [{"channel":"/meta/subscribe","id":"${id}","successful":true,"subscription":["/bar"]},
                 {"channel":"/meta/subscribe","id":"${id}","successful":true,"subscription":["/other"]}]""");
        client.subscribe("/bar");
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-67")
    void eachChannelHasAMessageInOneRequest() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscription("/a", "/b/*", "/c/**", "/a").start();
        assertEquals(List.of("/a", "/b/*", "/c/**"), sent(SUBSCRIBE));
        assertEquals(1, server().messages(SUBSCRIBE).stream().map(ReceivedMessage::request).distinct().count());
        server().publish("/a", "1");
        server().publish("/b/x", "2");
        server().publish("/c/x/y", "3");
        server().publish("/a", "4");
        assertNext(subscription, "1", "2", "3", "4");
        subscription.close();
        take(UNSUBSCRIBE, 3);
        assertEquals(List.of("/a", "/b/*", "/c/**"), sent(UNSUBSCRIBE));
    }

    @Test
    @Tag("C-69")
    void serviceChannelsAreLocal() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/service/echo");
        client.publish("/service/echo", 1);
        assertNext(subscription, "1");
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        subscription.close();
        client.publish("/barrier", 1);
        assertEquals(0, count(SUBSCRIBE) + count(UNSUBSCRIBE));
    }

    @Test
    @Tag("C-70")
    void unsubscribingStandsWhateverTheServerSays() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> bar = client.subscribe("/bar");
        server().next(UNSUBSCRIBE).amend("{\"successful\":false,\"error\":\"400::channel_missing\"}");
        foo.close();
        take(UNSUBSCRIBE);
        client.publish("/barrier", 1);
        server().push("{\"channel\":\"/foo\",\"data\":1}");
        awaitHeldConnect();
        server().push("{\"channel\":\"/bar\",\"data\":2}");
        assertNext(bar, "2");
        assertEquals(SubscriptionState.CLOSED, foo.state());
        assertTrue(client.isReady());
        assertEquals(List.of(), bench().events.all(ClientEvent.Failure.class));
    }

    @Test
    void aSubscriptionWaitsForTheServersYes() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply(SUBSCRIBE);
        ClientCall<PullSubscription<JsonValue>> subscribing = bench().call(() -> client.subscribe("/foo"));
        Held held = bench().await(reply);
        assertFalse(subscribing.isDone());
        assertFalse(client.isReady());
        Subscription listed = client.subscriptions().getFirst();
        assertEquals(SubscriptionState.REQUESTED, listed.state());
        ClientCall<Boolean> waiting = bench().call(() -> client.awaitReady(A_DAY));
        held.release();
        assertTrue(waiting.result());
        assertEquals(listed, subscribing.result());
        assertEquals(SubscriptionState.ACTIVE, listed.state());
        assertEquals(List.of("/foo"), listed.channels());
        assertEquals(Optional.empty(), listed.failure());
        assertTrue(client.isReady());
    }

    @Test
    void anInterruptEndsTheSubscriptionThatIsWaitedFor() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply(SUBSCRIBE);
        ClientCall<?> subscribing = bench().call(() -> client.subscribe("/foo"));
        Held held = bench().await(reply);
        ClientCall<Boolean> waiting = bench().call(() -> client.awaitReady(A_DAY));
        subscribing.interrupt();
        subscribing.failure(InterruptedException.class);
        assertTrue(waiting.result());
        assertEquals(List.of(), client.subscriptions());
        held.release();
        take(UNSUBSCRIBE);
        client.publish("/barrier", 1);
        assertEquals(List.of(), server().subscriptions());
    }

    @Test
    void aSubscriptionDuringTheHandshakeIsMadeAfterIt() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<PullSubscription<JsonValue>> subscribing = bench().call(() -> client.subscribe("/foo"));
        held.release();
        connecting.result();
        assertEquals(SubscriptionState.ACTIVE, subscribing.result().state());
        assertEquals(1, count(SUBSCRIBE));
    }

    @Test
    void withoutASessionThereIsNoSubscription() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        bench().call(() -> client.subscribe("/foo")).failure(DisconnectedException.class);
        bench().call(() -> client.subscribe("/service/foo")).failure(DisconnectedException.class);
        assertEquals(List.of(), client.subscriptions());
    }

    @Test
    void invalidChannelsAreRefusedHere() throws Exception {
        BayeuxClient client = bench().connect();
        for (String channel : List.of("foo", "/", "", "/meta/connect", "/foo/*/bar", "/foo//bar", "/foo/", "/x\n")) {
            bench().call(() -> client.subscribe(channel)).failure(IllegalArgumentException.class);
        }
        bench().call(() -> client.subscription()).failure(IllegalArgumentException.class);
        assertEquals(0, count(SUBSCRIBE));
    }
}
