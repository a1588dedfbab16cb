package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which subscriber gets what, and what becomes of too much. */
@Timeout(10)
class SubscriptionsDispatchTest {

    private SubscriptionsFixture server = new SubscriptionsFixture();

    private static <T> List<String> drain(PullSubscription<T> subscription) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Optional<Message<T>> next = subscription.poll(Duration.ZERO); next.isPresent(); next = subscription
                .poll(Duration.ZERO)) {
            texts.add(next.get().channel() + "=" + next.get().text());
        }
        return texts;
    }

    private PullSubscription<JsonValue> active(Overflow overflow, String channel) {
        PullSubscription<JsonValue> subscription = server.<JsonValue>pull(overflow, JsonValue.class, channel)
                .subscription();
        server.acceptAll();
        server.clear();
        return subscription;
    }

    @Test
    @Tag("C-84")
    void messagesThatMeanNothingAreReportedOnceForEachReply() throws InterruptedException {
        String nothing = "{'channel':'/meta/unknown'}";
        server.push(nothing + ",{'channel':'/a'}".repeat(1000));
        server.push(nothing);

        assertTrue(server.nextEvent().toString().contains(
                "a message on /meta/unknown, which is no channel of the protocol; it is ignored, and so are 1000 more"));
        assertTrue(server.nextEvent().toString().contains("protocol; it is ignored."));
        assertTrue(server.nothingTold());
    }

    @Test
    @Tag("C-78")
    void fanOutOnceAcrossNamesAndPatterns() throws InterruptedException {
        List<PullSubscription<JsonValue>> each = List.of(server.active("/a/b"), server.active("/a/*"),
                server.active("/a/**"), server.active("/**"), server.active("/a/b"));
        PullSubscription<JsonValue> all = server.active("/a/b", "/a/*", "/a/**", "/**");
        PullSubscription<JsonValue> none = server.active("/a", "/a/b/*", "/b/**");

        assertTrue(server.deliver("/a/b", "1"));
        for (PullSubscription<JsonValue> subscription : each) {
            assertEquals(List.of("/a/b=1"), drain(subscription));
        }
        assertEquals(List.of("/a/b=1"), drain(all));
        assertEquals(List.of(), drain(none));
    }

    @Test
    @Tag("C-74")
    void inOrderAlsoAcrossTheChannelsOfOneSubscription() throws InterruptedException {
        PullSubscription<JsonValue> both = server.active("/a", "/b");
        server.deliver("/b", "1");
        server.deliver("/a", "2");
        server.deliver("/b", "3");

        assertEquals(List.of("/b=1", "/a=2", "/b=3"), drain(both));
    }

    @Test
    @Tag("C-80")
    void unsubscribedChannelsAreDroppedSilently() throws InterruptedException {
        server.active("/a");

        assertFalse(server.deliver("/b", "1"));
        assertTrue(server.nothingTold());
    }

    @Test
    void subscribersAreFoundAgainAfterEachChange() throws InterruptedException {
        assertFalse(server.deliver("/a", "1"));
        PullSubscription<JsonValue> first = server.active("/a");
        assertTrue(server.deliver("/a", "2"));
        PullSubscription<JsonValue> second = server.active("/**");
        assertTrue(server.deliver("/a", "3"));
        first.close();
        assertTrue(server.deliver("/a", "4"));
        assertEquals(List.of("/a=3", "/a=4"), drain(second));

        server.subscriptions.close(0);
        assertFalse(server.deliver("/a", "5"));
    }

    @Test
    void dropOldestIsReportedOncePerReply() throws InterruptedException {
        PullSubscription<JsonValue> subscription = active(Overflow.DROP_OLDEST, "/a");
        server.deliver("/a", "1", "2", "3", "4", "5");

        assertEquals(new ClientEvent.MessagesDropped(subscription, 2), server.nextEvent());
        assertTrue(server.nothingTold());
        assertEquals(List.of("/a=3", "/a=4", "/a=5"), drain(subscription));
        server.deliver("/a", "6");
        assertTrue(server.nothingTold());

        server.deliver("/a", "7", "8", "9");
        assertEquals(new ClientEvent.MessagesDropped(subscription, 1), server.nextEvent());
        assertEquals(3, subscription.dropped());
    }

    /** Over a WebSocket, a server that does not acknowledge sends unasked. */
    @Test
    void aPausedSubscriptionTakesALimitedExcess() throws InterruptedException {
        PullSubscription<JsonValue> subscription = active(Overflow.PAUSE, "/a");
        server.deliver("/a", numbers(SubscriptionsFixture.LIMIT + SubscriptionsFixture.EXCESS + 2));

        assertEquals(2, subscription.dropped());
        assertEquals("/a=3", drain(subscription).getFirst());
    }

    private static String[] numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    @Test
    @Tag("C-119")
    void withSavedPositionsAPausedSubscriptionDropsNothing() throws InterruptedException {
        server = new SubscriptionsFixture(PositionStore.inMemory(), OnInvalidPosition.FAIL, true);
        PullSubscription<JsonValue> subscription = active(Overflow.PAUSE, "/a");
        int count = SubscriptionsFixture.LIMIT + SubscriptionsFixture.EXCESS + 2;
        server.deliver("/a", numbers(count));

        assertEquals(0, subscription.dropped());
        assertEquals(count, drain(subscription).size());
    }

    @Test
    void dropNewestKeepsWhatWaits() throws InterruptedException {
        PullSubscription<JsonValue> subscription = active(Overflow.DROP_NEWEST, "/a");
        server.deliver("/a", "1", "2", "3", "4", "5");

        assertEquals(new ClientEvent.MessagesDropped(subscription, 2), server.nextEvent());
        assertEquals(List.of("/a=1", "/a=2", "/a=3"), drain(subscription));
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
    }

    @Test
    void closeEndsTheSubscriptionAndKeepsWhatWaits() throws InterruptedException {
        PullSubscription<JsonValue> subscription = active(Overflow.CLOSE, "/a");
        server.deliver("/a", "1", "2", "3", "4", "5");

        assertEquals(new ClientEvent.SubscriptionOverflowed(subscription), server.nextEvent());
        assertTrue(server.nothingTold());
        assertEquals(SubscriptionState.CLOSED, subscription.state());
        assertEquals(List.of("-/a"), server.sent());
        assertEquals("1", subscription.take().text());
        assertEquals("2", subscription.take().text());
        assertEquals("3", subscription.take().text());
        assertThrows(ClientClosedException.class, subscription::take);
    }

    @Test
    void aFullQueueDoesNotAffectOthers() throws InterruptedException {
        PullSubscription<JsonValue> full = active(Overflow.CLOSE, "/a");
        PullSubscription<JsonValue> other = active(Overflow.DROP_OLDEST, "/a");
        server.deliver("/a", "1", "2", "3");
        drain(other);
        server.deliver("/a", "4");

        assertEquals(new ClientEvent.SubscriptionOverflowed(full), server.nextEvent());
        assertEquals(List.of("/a=4"), drain(other));
        assertEquals(List.of(), server.sent(), "the other one still listens");
    }
}
