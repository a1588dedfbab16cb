package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of the server, and what its answers mean. */
@Timeout(10)
class SubscriptionsTest {

    private final SubscriptionsFixture server = new SubscriptionsFixture();

    private static SubscribeException refusal(Started<?> started) {
        CompletionException failed = assertThrows(CompletionException.class,
                () -> started.outcome().join());
        return assertInstanceOf(SubscribeException.class, failed.getCause());
    }

    @Test
    @Tag("C-63")
    void firstAndLastOneRequestEach() {
        Started<PullSubscription<JsonValue>> first = server.pull("/a");
        Started<PullSubscription<JsonValue>> second = server.pull("/a");
        assertEquals(List.of("+/a"), server.sent());
        server.acceptAll();
        Started<PullSubscription<JsonValue>> third = server.pull("/a");
        assertTrue(third.outcome().isDone());

        first.subscription().close();
        third.subscription().close();
        assertEquals(List.of("+/a"), server.sent());
        second.subscription().close();
        assertEquals(List.of("+/a", "-/a"), server.sent());

        server.pull("/a");
        assertEquals(List.of("+/a", "-/a", "+/a"), server.sent());
    }

    @Test
    @Tag("C-63")
    void patternsAndNamesAreDifferentChannels() {
        server.pull("/a/*");
        server.pull("/a/**");
        server.pull("/a/b");

        assertEquals(List.of("+/a/*", "+/a/**", "+/a/b"), server.sent());
    }

    @Test
    @Tag("C-67")
    void severalChannelsAreSeveralRequests() {
        Started<PullSubscription<JsonValue>> both = server.pull("/a", "/b", "/a");

        assertEquals(List.of("+/a", "+/b"), server.sent());
        assertEquals(List.of("/a", "/b", "/a"), both.subscription().channels());
        server.accept(server.requests().get(0));
        assertEquals(SubscriptionState.REQUESTED, both.subscription().state());
        server.accept(server.requests().get(1));
        assertEquals(SubscriptionState.ACTIVE, both.subscription().state());
        assertTrue(server.allActive());
    }

    @Test
    void theTextOfASubscriptionNamesItsChannels() {
        PullSubscription<JsonValue> both = server.pull("/a", "/b").subscription();
        assertEquals("Subscription[/a, /b]", both.toString());
        both.close();
        assertEquals("Subscription[/a, /b], closed", both.toString());
    }

    @Test
    @Tag("C-64")
    void aDeliveryBeforeTheReplyIsKept() throws InterruptedException {
        Started<PullSubscription<JsonValue>> started = server.pull("/a");
        server.deliver("/a", "1");
        server.acceptAll();

        assertEquals("1", started.subscription().take().text());
    }

    @Test
    @Tag("C-65")
    void aRefusedSubscribeReachesTheCallerAndLeavesNothing() {
        Started<PullSubscription<JsonValue>> started = server.pull("/a");
        assertTrue(server.deliver("/a", "0"), "it may deliver before it answers");
        server.refuse(server.requests().getFirst());

        SubscribeException refusal = refusal(started);
        assertEquals("/a", refusal.channel());
        assertEquals("subscribe_denied", refusal.error().orElseThrow().text());
        assertFalse(server.deliver("/a", "1"));
        started.subscription().close();
        assertEquals(List.of("+/a"), server.sent(), "what was refused needs no unsubscribe");
        assertEquals(List.of(), server.subscriptions.all());
    }

    @Test
    @Tag("C-65")
    void subscribeWhoseAnswerWasLostIsTakenBack() {
        Started<PullSubscription<JsonValue>> started = server.pull("/a");
        server.loseAnswers();

        assertInstanceOf(TransportException.class, refusal(started).getCause());
        assertEquals(List.of("+/a", "-/a"), server.sent(), "the lost answer may have been a yes");
    }

    @Test
    @Tag("C-65")
    void aRefusedSubscribeReachesAllWaitingCallers() {
        Started<PullSubscription<JsonValue>> first = server.pull("/a");
        Started<PullSubscription<JsonValue>> second = server.pull("/a");
        server.refuse(server.requests().getFirst());

        assertEquals(refusal(first), refusal(second));
        first.subscription().close();
        second.subscription().close();
        server.pull("/a");
        assertEquals(List.of("+/a", "+/a"), server.sent(), "the next one is asked for again");
    }

    @Test
    @Tag("C-65")
    void failedSubscribeOfOneChannelTakesTheOthersBack() {
        Started<PullSubscription<JsonValue>> both = server.pull("/a", "/b");
        server.accept(server.requests().get(0));
        server.refuse(server.requests().get(1));

        assertEquals("/b", refusal(both).channel());
        both.subscription().close();
        assertEquals(List.of("+/a", "+/b", "-/a"), server.sent());
    }

    @Test
    void answersToEarlierRequestsAreIgnored() {
        Started<PullSubscription<JsonValue>> first = server.pull("/a");
        Request old = server.requests().getFirst();
        first.subscription().close();
        Started<PullSubscription<JsonValue>> second = server.pull("/a");
        server.refuse(old);
        assertFalse(second.outcome().isDone());
        server.accept(old);
        assertFalse(second.outcome().isDone());

        server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, second.subscription().state());
    }

    @Test
    @Tag("C-69")
    void serviceLocalOnlyIsActiveAtOnceAndNeverSent() throws InterruptedException {
        Started<PullSubscription<JsonValue>> service = server.pull("/service/x");

        assertTrue(service.outcome().isDone());
        assertEquals(SubscriptionState.ACTIVE, service.subscription().state());
        server.deliver("/service/x", "1");
        assertEquals("1", service.subscription().take().text());
        server.loseSession();
        server.answerHandshake();
        assertEquals(SubscriptionState.ACTIVE, service.subscription().state());
        service.subscription().close();
        assertEquals(List.of(), server.sent());
    }

    @Test
    @Tag("C-70")
    void nothingIsDeliveredAfterAnUnsubscribe() {
        PullSubscription<JsonValue> subscription = server.active("/a");
        server.deliver("/a", "1");
        subscription.close();
        subscription.close();

        assertFalse(server.deliver("/a", "2"));
        assertEquals(SubscriptionState.CLOSED, subscription.state());
        assertEquals(List.of("-/a"), server.sent());
    }

    @Test
    void withoutASessionNothingIsSentAndTheNextOneAsks() {
        server.loseSession();
        Started<PullSubscription<JsonValue>> started = server.pull("/a");
        PullSubscription<JsonValue> closed = server.pull("/b").subscription();
        closed.close();

        assertEquals(List.of(), server.sent());
        server.answerHandshake();
        assertEquals(List.of("+/a"), server.sent());
        server.acceptAll();
        assertTrue(started.outcome().isDone());
    }

    @Test
    void whereNoSessionIsWantedNothingCanBeSubscribed() {
        server.endSession();

        assertThrows(DisconnectedException.class, () -> server.pull("/a"));
        assertEquals(List.of(), server.subscriptions.all());
    }

    @Test
    void listsThoseThatAreNotClosed() {
        PullSubscription<JsonValue> first = server.active("/a");
        PullSubscription<JsonValue> second = server.active("/b");
        assertEquals(List.of(first, second), server.subscriptions.all());
        first.close();

        assertEquals(List.of(second), server.subscriptions.all());
    }

    @Test
    void aRequestOfOneSubscriberServesAllOfTheChannel() throws InterruptedException {
        PullSubscription<JsonValue> durable = server.active("/a");
        server.loseSession();
        server.answerHandshake();
        server.refuse(server.requests().getFirst());
        server.clear();
        assertEquals(SubscriptionState.REJECTED, durable.state());
        assertInstanceOf(ClientEvent.SubscriptionRejected.class, server.nextEvent());

        Started<PullSubscription<JsonValue>> other = server.pull("/a");
        assertEquals(List.of("+/a"), server.sent());
        server.acceptAll();
        assertTrue(other.outcome().isDone());
        assertEquals(SubscriptionState.ACTIVE, durable.state());
        assertTrue(durable.failure().isEmpty());
    }

    @Test
    @Tag("C-65")
    void aSubscriberOfSeveralChannelsIsRemovedWithTheFirstThatIsRefused() {
        Started<PullSubscription<JsonValue>> started = server.pull("/a", "/b");
        server.refuse(server.requests().getFirst());

        assertFalse(server.deliver("/b", "1"));
        assertEquals(List.of("+/a", "+/b", "-/b"), server.sent());
        assertInstanceOf(SubscribeException.class,
                assertThrows(CompletionException.class, () -> started.outcome().join()).getCause());
    }

    /** The reply that ends a session may be ahead of deliveries that come with it. */
    @Test
    void aSubscriberThatIsNotAcceptedIsRemovedWhenTheSessionEnds() {
        PullSubscription<JsonValue> durable = server.active("/b");
        Started<PullSubscription<JsonValue>> started = server.pull("/a", "/b");
        server.endSession();

        assertEquals(List.of(durable), server.subscriptions.all());
        assertEquals(SubscriptionState.CLOSED, started.subscription().state());
        assertTrue(server.deliver("/b", "1"), "to the other");
    }
}
