package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PulledSubscriptionTest {

    private final SubscriptionsFixture server = new SubscriptionsFixture();
    private final PullSubscription<JsonValue> subscription = server.active("/a");
    private final LinkedBlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();

    private void endSession() {
        server.endSession();
    }

    private Thread takeElsewhere() {
        return Thread.ofVirtual().start(() -> {
            try {
                outcomes.add(subscription.take().text());
            } catch (RuntimeException | InterruptedException failed) {
                outcomes.add(failed.getClass());
            }
        });
    }

    @Test
    void messagesComeOneAfterTheOther() throws InterruptedException {
        server.deliver("/a", "1", "{\"b\":[2]}");

        assertEquals("1", subscription.take().text());
        Message<JsonValue> second = subscription.poll(Duration.ZERO).orElseThrow();
        assertEquals("/a", second.channel());
        assertEquals("{\"b\":[2]}", second.data().toString());
        assertTrue(subscription.poll(Duration.ofMillis(-1)).isEmpty());
    }

    @Test
    void pollTakesAnyDuration() throws InterruptedException {
        assertTrue(subscription.poll(Duration.ofSeconds(Long.MIN_VALUE)).isEmpty());
        server.deliver("/a", "1");
        assertTrue(subscription.poll(Duration.ofSeconds(Long.MAX_VALUE)).isPresent());
    }

    @Test
    void takeWaitsThroughTheLossOfASession() throws InterruptedException {
        takeElsewhere();
        server.loseSession();
        server.answerHandshake();
        server.deliver("/a", "1");

        assertEquals("1", outcomes.take());
    }

    @Test
    void theEndOfTheSessionWakesWaitingThreads() throws InterruptedException {
        takeElsewhere();
        endSession();

        assertEquals(DisconnectedException.class, outcomes.take());
    }

    @Test
    void arrivedMessagesCanBeTakenAfterTheEndOfTheSession() throws InterruptedException {
        server.deliver("/a", "1");
        endSession();

        assertEquals("1", subscription.take().text());
        assertThrows(DisconnectedException.class, subscription::take);
        assertThrows(DisconnectedException.class, () -> subscription.poll(Duration.ZERO));
        assertThrows(DisconnectedException.class, () -> subscription.iterator().hasNext());
    }

    @Test
    void takingWorksAgainWithTheNextSession() throws InterruptedException {
        endSession();
        server.beginSession();
        assertTrue(subscription.poll(Duration.ZERO).isEmpty());
        server.deliver("/a", "1");

        assertEquals("1", subscription.take().text());
    }

    @Test
    void closingWakesWaitingThreadsAndDropsTheRest() throws InterruptedException {
        takeElsewhere();
        subscription.close();
        assertEquals(ClientClosedException.class, outcomes.take());

        PullSubscription<JsonValue> other = server.active("/b");
        server.deliver("/b", "1");
        other.close();
        assertThrows(ClientClosedException.class, other::take);
    }

    @Test
    void closedIsFinal() {
        subscription.close();
        endSession();
        server.beginSession();

        assertThrows(ClientClosedException.class, subscription::take);
    }

    @Test
    void closingTheClientWakesWaitingThreadsAndKeepsTheRest() throws InterruptedException {
        PullSubscription<JsonValue> other = server.active("/b");
        server.deliver("/b", "1");
        takeElsewhere();
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ZERO));

        assertEquals(ClientClosedException.class, outcomes.take());
        assertEquals("1", other.take().text());
        assertThrows(ClientClosedException.class, other::take);
        assertEquals(List.of(), server.subscriptions.all());
    }

    @Test
    void anInterruptLosesNoMessage() throws InterruptedException {
        Thread taker = takeElsewhere();
        taker.interrupt();
        assertEquals(InterruptedException.class, outcomes.take());
        server.deliver("/a", "1");

        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, subscription::take);
        assertEquals("1", subscription.take().text());
    }

    @Test
    void aLoopEndsWhenTheSubscriptionIsClosed() {
        server.deliver("/a", "1", "2");
        List<String> seen = new ArrayList<>();
        for (Message<JsonValue> message : subscription) {
            seen.add(message.text());
            if (seen.size() == 2) {
                subscription.close();
            }
        }

        assertEquals(List.of("1", "2"), seen);
        assertThrows(NoSuchElementException.class, () -> subscription.iterator().next());
    }

    @Test
    void aLoopEndsWhenItsThreadIsInterruptedAndKeepsTheFlag() {
        server.deliver("/a", "1");
        Iterator<Message<JsonValue>> messages = subscription.iterator();
        assertTrue(messages.hasNext());
        Thread.currentThread().interrupt();

        assertEquals("1", messages.next().text(), "what was taken is not lost");
        assertFalse(messages.hasNext());
        assertThrows(NoSuchElementException.class, messages::next);
        assertTrue(Thread.interrupted());
    }

    @Test
    void hasNextTakesNoMoreThanOne() throws InterruptedException {
        server.deliver("/a", "1", "2");
        Iterator<Message<JsonValue>> messages = subscription.iterator();

        assertTrue(messages.hasNext());
        assertTrue(messages.hasNext());
        assertEquals("1", messages.next().text());
        assertEquals("2", messages.next().text());
        assertTrue(subscription.poll(Duration.ZERO).isEmpty());
    }

    @Test
    void aMessageThatCannotBeBoundIsConsumed() throws InterruptedException {
        PullSubscription<Long> longs = server.<Long>pull(Overflow.DROP_OLDEST, Long.class, "/n").subscription();
        server.deliver("/n", "{}", "9223372036854775807", "null");

        assertThrows(PayloadException.class, longs::take);
        assertEquals(Long.MAX_VALUE, longs.take().data());
        assertNull(longs.take().data());
    }

    @Test
    void dataIsParsedOnlyWhenItIsRead() throws InterruptedException {
        server.receive(List.of(new dev.bayeux.core.message.IncomingMessage("/a", "7", null,
                dev.bayeux.api.error.ServerError.NONE, null, JsonValue.EMPTY_JSON_OBJECT, List.of(),
                dev.bayeux.core.message.IncomingMessage.Offered.NOTHING, null, "not JSON")));
        Message<JsonValue> message = subscription.take();

        assertEquals("not JSON", message.text());
        assertEquals("7", message.id().orElseThrow());
        assertSame(JsonValue.EMPTY_JSON_OBJECT, message.ext());
        assertThrows(PayloadException.class, message::data);
    }

    @Test
    @Tag("C-88")
    void nullDataIsJsonNull() throws InterruptedException {
        server.deliver("/a", "null");
        Message<JsonValue> message = subscription.take();

        assertSame(JsonValue.NULL, message.data());
        assertSame(message.data(), message.data());
        assertTrue(message.id().isEmpty());
    }

    @Test
    void manyThreadsShareTheMessages() throws InterruptedException {
        PullSubscription<JsonValue> shared = server.subscriptions
                .<JsonValue>start(SubscriptionSettings.of(List.of("/s"), JsonValue.class, 1000, Overflow.CLOSE))
                .subscription();
        List<Thread> takers = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            takers.add(Thread.ofVirtual().start(() -> shared.forEach(message -> outcomes.add(message.text()))));
        }
        for (int n = 0; n < 500; n++) {
            server.deliver("/s", Integer.toString(n));
        }
        for (int n = 0; n < 500; n++) {
            assertTrue(outcomes.take() instanceof String);
        }
        shared.close();
        for (Thread taker : takers) {
            taker.join();
        }
        assertTrue(outcomes.isEmpty());
    }
}
