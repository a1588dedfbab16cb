package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HandledSubscriptionTest {

    private final SubscriptionsFixture server = new SubscriptionsFixture();
    private final LinkedBlockingQueue<Object> handled = new LinkedBlockingQueue<>();
    private final Semaphore running = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    /** Runs until it is let go or interrupted. */
    private void slowly(Object message) {
        running.release();
        try {
            mayEnd.acquire();
            handled.add(message);
        } catch (InterruptedException interrupted) {
            handled.add("interrupted");
        }
    }

    /** Waits until nothing of it runs. */
    private static boolean isQuiet(Subscription subscription) throws InterruptedException {
        return ((CoreSubscription<?>) subscription).awaitIdle(soon());
    }

    private static long soon() {
        return ClientRuntime.jvm().after(Duration.ofSeconds(5));
    }

    @Test
    void messagesComeOneAfterTheOtherOnAThreadOfTheSubscription() throws InterruptedException {
        server.<JsonValue>handle(message -> {
            handled.add(Thread.currentThread().getName());
            handled.add(message.text());
        }, JsonValue.class, "/a", "/b");
        server.deliver("/a", "1", "2", "3");

        for (String expected : List.of("1", "2", "3")) {
            assertEquals("bayeux-test-sub-/a", handled.take());
            assertEquals(expected, handled.take());
        }
    }

    @Test
    @Tag("C-86")
    void aHandlerFailureIsReportedAndTheNextMessageIsHandled() throws InterruptedException {
        Subscription subscription = server.<JsonValue>handle(message -> {
            handled.add(message.text());
            if (message.text().equals("1")) {
                throw new AssertionError("handler");
            }
        }, JsonValue.class, "/a").subscription();
        server.deliver("/a", "1", "2");

        ClientEvent.HandlerFailed event = assertInstanceOf(ClientEvent.HandlerFailed.class, server.nextEvent());
        assertSame(subscription, event.subscription());
        assertEquals("/a", event.channel());
        assertEquals("handler", event.cause().getMessage());
        assertEquals("1", handled.take());
        assertEquals("2", handled.take());
    }

    @Test
    void aMessageThatCannotBeBoundIsReportedAndSkipped() throws InterruptedException {
        server.<Limits>handle(message -> handled.add(String.valueOf(message.data())), Limits.class, "/a");
        server.deliver("/a", "[]", "null");

        assertInstanceOf(PayloadException.class,
                assertInstanceOf(ClientEvent.HandlerFailed.class, server.nextEvent()).cause());
        assertEquals("null", handled.take());
    }

    @Test
    void anInterruptStatusDoesNotReachTheNextMessage() throws InterruptedException {
        server.<JsonValue>handle(message -> {
            handled.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        }, JsonValue.class, "/a");
        server.deliver("/a", "1", "2");

        assertEquals(false, handled.take());
        assertEquals(false, handled.take());
    }

    @Test
    void anEndOfTheSessionLetsTheRestBeHandled() throws InterruptedException {
        server.handle(message -> slowly(message.text()), JsonValue.class, "/a");
        server.acceptAll();
        server.deliver("/a", "1", "2");
        server.endSession();
        server.beginSession();
        mayEnd.release(2);

        assertEquals("1", handled.take());
        assertEquals("2", handled.take());
    }

    @Test
    void closingLetsTheHandlerFinishAndDropsTheRest() throws InterruptedException {
        Subscription subscription = server.handle(message -> slowly(message.text()), JsonValue.class, "/a")
                .subscription();
        server.deliver("/a", "1", "2");
        running.acquire();
        subscription.close();
        mayEnd.release(2);

        assertEquals("1", handled.take());
        server.subscriptions.close(soon());
        assertTrue(handled.isEmpty());
        assertEquals(1, mayEnd.availablePermits());
    }

    @Test
    void aFullQueueClosesItAndWhatWaitsIsHandled() throws InterruptedException {
        Subscription subscription = server.handle(message -> slowly(message.text()), JsonValue.class, "/a")
                .subscription();
        server.deliver("/a", "0");
        running.acquire();
        server.deliver("/a", "1", "2", "3", "4");
        assertEquals(new ClientEvent.SubscriptionOverflowed(subscription), server.nextEvent());
        assertEquals(SubscriptionState.CLOSED, subscription.state());
        mayEnd.release(5);

        for (String expected : List.of("0", "1", "2", "3")) {
            assertEquals(expected, handled.take());
        }
    }

    // The end of the client

    @Test
    void closingTheClientLetsHandlersFinishWhatHasArrived() throws InterruptedException {
        server.handle(message -> slowly(message.text()), JsonValue.class, "/a");
        server.deliver("/a", "1", "2");
        running.acquire();
        mayEnd.release(2);
        server.subscriptions.close(soon());

        assertEquals(List.of("1", "2"), List.copyOf(handled));
    }

    @Test
    void closingTheClientInterruptsAHandlerAtTheDeadlineAndHandlesNoMore() throws InterruptedException {
        Subscription subscription = server.handle(message -> slowly(message.text()), JsonValue.class, "/a")
                .subscription();
        server.deliver("/a", "1", "2");
        running.acquire();
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ZERO));

        assertEquals("interrupted", handled.take());
        assertTrue(isQuiet(subscription));
        assertFalse(running.tryAcquire());
        assertTrue(server.nothingTold());
    }

    @Test
    void closingTheClientEndsAHandlerWhoseSubscriptionIsClosedAlready() throws InterruptedException {
        Subscription subscription = server.handle(message -> slowly(message.text()), JsonValue.class, "/a")
                .subscription();
        server.deliver("/a", "1");
        running.acquire();
        subscription.close();
        server.active("/other").close();
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ZERO));

        assertEquals("interrupted", handled.take());
    }

    @Test
    void closingTheClientWithinAHandlerDoesNotWaitForIt() throws InterruptedException {
        Subscription subscription = server.<JsonValue>handle(message -> {
            server.subscriptions.close(Long.MAX_VALUE);
            handled.add(message.text());
            handled.add(Thread.currentThread().isInterrupted());
        }, JsonValue.class, "/a").subscription();
        server.deliver("/a", "1", "2", "3");

        assertEquals("1", handled.take());
        assertEquals(false, handled.take());
        assertTrue(isQuiet(subscription));
        assertTrue(server.nothingTold());
        assertTrue(handled.isEmpty(), "what waits behind it is not handled any more");
    }

    @Test
    void anInterruptCutsTheWaitForHandlersShort() throws InterruptedException {
        server.handle(message -> slowly(message.text()), JsonValue.class, "/a");
        server.handle(message -> slowly(message.text()), JsonValue.class, "/a");
        server.deliver("/a", "1");
        running.acquire(2);
        Thread.currentThread().interrupt();
        server.subscriptions.close(soon());

        assertTrue(Thread.interrupted(), "the flag is kept");
        assertEquals("interrupted", handled.take());
        assertEquals("interrupted", handled.take());
    }

    @Test
    void eachSubscriptionHasASeparateThread() throws InterruptedException {
        server.handle(message -> slowly("slow"), JsonValue.class, "/a");
        server.<JsonValue>handle(message -> handled.add(Thread.currentThread()), JsonValue.class, "/a");
        server.deliver("/a", "1");

        Object fast = handled.take();
        running.acquire();
        assertNotEquals("slow", fast);
        mayEnd.release();
        assertEquals("slow", handled.take());
    }
}
