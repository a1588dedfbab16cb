package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of subscriptions when sessions come and go. */
@Timeout(10)
class SubscriptionsRestoreTest {

    private final SubscriptionsFixture server = new SubscriptionsFixture();

    private List<String> restored() {
        server.clear();
        server.answerHandshake();
        return server.sent();
    }

    @Test
    @Tag("C-71")
    void reSubscribeAllEachOnceInItsOrder() {
        PullSubscription<JsonValue> first = server.active("/a", "/b");
        server.active("/a");
        server.active("/service/s", "/c");
        server.active("/d").close();
        server.loseSession();
        assertEquals(SubscriptionState.REQUESTED, first.state());
        assertFalse(server.allActive());

        assertEquals(List.of("+/a", "+/b", "+/c"), restored());
        server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, first.state());
        assertTrue(server.allActive());
    }

    @Test
    @Tag("C-71")
    void theRestorationIncludesUnansweredSubscribes() {
        Started<PullSubscription<JsonValue>> waiting = server.pull("/a");
        Request old = server.requests().getFirst();
        server.loseSession();
        assertEquals(List.of("+/a"), restored());

        server.accept(old);
        assertFalse(waiting.outcome().isDone(), "that was the old session");
        server.acceptAll();
        assertTrue(waiting.outcome().isDone());
    }

    @Test
    @Tag("C-71")
    void aSubscriptionThatLostOneOfItsChannelsIsNotCalledStarted() {
        Started<PullSubscription<JsonValue>> both = server.pull("/a", "/b");
        server.accept(server.requests().getFirst());
        server.loseSession();
        restored();
        server.refuse(server.requests().get(0));
        server.accept(server.requests().get(1));

        assertThrows(CompletionException.class, () -> both.outcome().join());
    }

    @Test
    @Tag("C-72")
    void aFailedRestorationIsReportedAndRetriedInTheNextSession() throws InterruptedException {
        PullSubscription<JsonValue> refused = server.active("/a");
        PullSubscription<JsonValue> other = server.active("/b");
        server.loseSession();
        restored();
        server.refuse(server.requests().get(0));
        server.accept(server.requests().get(1));

        ClientEvent.SubscriptionRejected event = assertInstanceOf(ClientEvent.SubscriptionRejected.class,
                server.nextEvent());
        assertSame(refused, event.subscription());
        assertEquals(SubscriptionState.REJECTED, refused.state());
        assertEquals(event.cause(), refused.failure().orElseThrow());
        assertEquals(SubscriptionState.ACTIVE, other.state());
        assertTrue(other.failure().isEmpty());
        assertFalse(server.allActive());

        server.loseSession();
        assertEquals(SubscriptionState.REQUESTED, refused.state());
        assertTrue(refused.failure().isEmpty());
        assertEquals(List.of("+/a", "+/b"), restored());
        server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, refused.state());
        assertTrue(server.nothingTold());
    }

    @Test
    @Tag("C-72")
    void reSubscribeFailureOfOneChannelOfSeveralRejectsTheWhole() throws InterruptedException {
        PullSubscription<JsonValue> both = server.active("/a", "/b");
        server.loseSession();
        restored();
        server.accept(server.requests().get(0));
        server.refuse(server.requests().get(1));

        assertInstanceOf(ClientEvent.SubscriptionRejected.class, server.nextEvent());
        assertEquals(SubscriptionState.REJECTED, both.state());
        assertEquals("/b", both.failure().orElseThrow().channel());
        server.deliver("/a", "1");
        assertEquals("1", both.take().text(), "what the server does deliver arrives");
        both.close();
        assertEquals(List.of("+/a", "+/b", "-/a"), server.sent());
    }

    @Test
    void aSubscriberThatStillWaitsIsRefusedBesideADurableOne() throws InterruptedException {
        PullSubscription<JsonValue> durable = server.active("/a");
        server.loseSession();
        Started<PullSubscription<JsonValue>> fresh = server.pull("/a");
        restored();
        server.refuse(server.requests().getFirst());

        assertThrows(CompletionException.class, () -> fresh.outcome().join());
        fresh.subscription().close();
        assertInstanceOf(ClientEvent.SubscriptionRejected.class, server.nextEvent());
        server.loseSession();
        assertEquals(List.of("+/a"), restored());
        assertEquals(List.of(durable), server.subscriptions.all());
    }

    @Test
    void aSubscriberThatFoundTheChannelActiveIsDurableToo() throws InterruptedException {
        PullSubscription<JsonValue> first = server.active("/a");
        PullSubscription<JsonValue> second = server.pull("/a").subscription();
        first.close();
        server.loseSession();
        restored();
        server.refuse(server.requests().getFirst());

        assertSame(second, assertInstanceOf(ClientEvent.SubscriptionRejected.class, server.nextEvent()).subscription());
        server.loseSession();
        assertEquals(List.of("+/a"), restored());
    }

    @Test
    void theEndFailsWaitingCallersAndKeepsActiveSubscriptions() {
        PullSubscription<JsonValue> durable = server.active("/a");
        Started<PullSubscription<JsonValue>> waiting = server.pull("/b");
        assertTrue(server.deliver("/b", "1"));
        server.endSession();
        assertFalse(server.deliver("/b", "2"));

        CompletionException failed = assertThrows(CompletionException.class,
                () -> waiting.outcome().join());
        assertInstanceOf(DisconnectedException.class, failed.getCause());
        waiting.subscription().close();
        assertEquals(SubscriptionState.REQUESTED, durable.state());

        server.clear();
        server.beginSession();
        assertEquals(List.of("+/a"), server.sent());
        server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, durable.state());
    }

    @Test
    void theEndDuringARestorationKeepsActiveSubscriptions() {
        PullSubscription<JsonValue> durable = server.active("/a");
        server.loseSession();
        restored();
        server.endSession();
        server.clear();
        server.beginSession();

        assertEquals(List.of("+/a"), server.sent());
        server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, durable.state());
    }

    @Test
    void closingSendsNothingWhereThereIsNoSession() {
        PullSubscription<JsonValue> requested = server.active("/a");
        PullSubscription<JsonValue> ended = server.active("/b");
        server.loseSession();
        requested.close();
        server.endSession();
        ended.close();

        assertEquals(List.of(), server.sent());
        assertEquals(SubscriptionState.CLOSED, requested.state());
        server.clear();
        server.beginSession();
        assertEquals(List.of(), server.sent());
    }

    @Test
    void closingWhileTheRequestIsUnderWayTakesItBack() {
        PullSubscription<JsonValue> asked = server.pull("/a").subscription();
        asked.close();

        assertEquals(List.of("+/a", "-/a"), server.sent());
        assertEquals(List.of(), server.subscriptions.all());
    }

    @Test
    void closingWhatTheServerRejectedSendsNothing() throws InterruptedException {
        PullSubscription<JsonValue> rejected = server.active("/a");
        server.loseSession();
        restored();
        server.refuse(server.requests().getFirst());
        server.nextEvent();
        rejected.close();

        assertEquals(List.of("+/a"), server.sent());
        assertEquals(List.of(), restored());
    }
}
