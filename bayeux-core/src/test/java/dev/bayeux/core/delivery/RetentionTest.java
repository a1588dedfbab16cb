package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Message;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program keeps must not keep more than it says. */
@Timeout(60)
class RetentionTest {

    private static final int COLLECTIONS = 20;

    private static void assertCollected(WeakReference<?> reference) {
        for (int n = 0; n < COLLECTIONS && reference.get() != null; n++) {
            System.gc();
        }
        assertNull(reference.get());
    }

    private record Kept(Message<?> message, WeakReference<?> client) {}

    private static Kept takeFromAClientThatIsForgotten(boolean bound) throws InterruptedException {
        SubscriptionsFixture server = new SubscriptionsFixture();
        Message<?> message;
        if (bound) {
            var subscription = server.<String>pull(Overflow.DROP_OLDEST, String.class, "/a").subscription();
            server.deliver("/a", "\"x\"");
            message = subscription.take();
        } else {
            var subscription = server.active("/a");
            server.deliver("/a", "\"x\"");
            message = subscription.take();
        }
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
        return new Kept(message, new WeakReference<>(server.subscriptions));
    }

    private static WeakReference<?> closeASecondSubscription(SubscriptionsFixture server) throws InterruptedException {
        LinkedBlockingQueue<String> handled = new LinkedBlockingQueue<>();
        MessageHandler<JsonValue> handler = new MessageHandler<>() {
            @Override
            public void handle(Message<JsonValue> message) {
                handled.add(message.text());
            }
        };
        Subscription second = server.handle(handler, JsonValue.class, "/a").subscription();
        server.acceptAll();
        server.deliver("/a", "{\"event\":{\"replayId\":1}}");
        handled.take();
        while (!((CoreSubscription<?>) second).awaitIdle(ClientRuntime.jvm().after(Duration.ofSeconds(5)))) {
            // Its handler is about to end.
        }
        second.close();
        return new WeakReference<>(handler);
    }

    /** With replay as well, where positions are kept for each subscriber. */
    @Test
    void aClosedSecondSubscriptionIsNotKept() throws InterruptedException {
        for (PositionStore store : Arrays.asList(null, PositionStore.inMemory())) {
            SubscriptionsFixture server = new SubscriptionsFixture(store, OnInvalidPosition.FAIL, store != null);
            PullSubscription<JsonValue> first = server.active("/a");
            PullSubscription<JsonValue> pattern = server.active("/*");
            WeakReference<?> second = closeASecondSubscription(server);
            server.push("");

            assertCollected(second);
            assertTrue(first.channels().contains("/a") && pattern.channels().contains("/*"));
        }
    }

    private static Delivery delivery(Json json, long number, String channel) {
        return new Delivery(number, new MessageReader(json)
                .read("[{\"channel\":\"%s\",\"data\":1}]".formatted(channel), "").messages().getFirst());
    }

    @Test
    void whileOneIsOpenOnlyTheLastOfEachChannelIsKept() {
        Json json = Json.find();
        UnhandledMessages unhandled = new UnhandledMessages(new ReentrantLock());
        Delivery first = delivery(json, 0, "/a");
        unhandled.leaving(first);
        for (long n = 1; n <= 1000; n += 3) {
            // Two threads more: the second message is handled before the first.
            Delivery one = delivery(json, n, "/a");
            Delivery two = delivery(json, n + 1, "/b");
            Delivery three = delivery(json, n + 2, "/a");
            List.of(one, two, three).forEach(unhandled::leaving);
            List.of(three, two, one).forEach(each -> assertEquals(List.of(), unhandled.done(each)));
            assertEquals(3, unhandled.size());
        }

        assertEquals(List.of(0L, 1001L, 1002L), unhandled.done(first).stream().map(Delivery::number).toList());
        assertEquals(0, unhandled.size());
    }

    @Test
    void aKeptMessageDoesNotKeepItsClient() throws InterruptedException {
        for (boolean bound : List.of(true, false)) {
            Kept kept = takeFromAClientThatIsForgotten(bound);

            assertCollected(kept.client());
            assertEquals("\"x\"", kept.message().text());
        }
    }
}
