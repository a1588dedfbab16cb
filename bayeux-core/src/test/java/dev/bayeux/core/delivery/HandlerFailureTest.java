package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.HandlerFailed;
import dev.bayeux.api.ClientEvent.SubscriptionStopped;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Message;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.PayloadException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a message whose handler throws, and of its position. */
@Timeout(10)
class HandlerFailureTest {

    private static final Backoff SOON = Backoff.of(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final Backoff NEVER = Backoff.of(Duration.ofDays(1), Duration.ofDays(1));

    private final ReplayFixture replay = new ReplayFixture();
    private final LinkedBlockingQueue<Long> handled = new LinkedBlockingQueue<>();
    private int failures;

    /** Fails so many times at message 2. */
    private void handle(Message<?> message) {
        handled.add(ReplayFixture.id(message));
        if (ReplayFixture.id(message) == 2 && failures-- > 0) {
            throw new IllegalStateException("handler");
        }
    }

    private void assertHandled(long... ids) throws InterruptedException {
        for (long id : ids) {
            assertEquals(id, handled.take());
        }
    }

    @Test
    void skippedMessagesCountAsHandled() throws InterruptedException {
        failures = 1;
        replay.handle(OnHandlerFailure.SKIP, this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);

        assertHandled(1, 2, 3);
        replay.assertSaved("/a=1", "/a=2", "/a=3");
        assertEquals(1, replay.event(HandlerFailed.class).attempt());
        replay.close();
        assertTrue(replay.server.nothingTold());
    }

    @Test
    void aRetriedMessageComesAgainBeforeAllLaterOnes() throws InterruptedException {
        failures = 3;
        Subscription subscription = replay.handle(OnHandlerFailure.retry(SOON), this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);

        assertHandled(1, 2, 2, 2, 2, 3);
        replay.assertSaved("/a=1", "/a=2", "/a=3");
        for (int attempt = 1; attempt <= 3; attempt++) {
            HandlerFailed failed = replay.event(HandlerFailed.class);
            assertEquals(attempt, failed.attempt());
            assertSame(subscription, failed.subscription());
        }
        replay.close();
    }

    @Test
    void theLastAttemptStopsTheSubscription() throws InterruptedException {
        failures = 99;
        Subscription subscription = replay.handle(OnHandlerFailure.retry(SOON.withMaxAttempts(2)), this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);

        SubscriptionStopped stopped = replay.event(SubscriptionStopped.class);
        assertSame(subscription, stopped.subscription());
        assertEquals("/a", stopped.channel());
        assertEquals("handler", stopped.cause().getMessage());
        assertEquals(SubscriptionState.CLOSED, subscription.state());
        assertEquals(List.of(1L, 2L, 2L), List.copyOf(handled));
        assertEquals(List.of("/a=1"), List.copyOf(replay.saved));
        assertEquals(List.of("+/a", "-/a"), replay.server.sent());
    }

    @Test
    void theLastAttemptSkipsTheMessageIfThatIsWanted() throws InterruptedException {
        failures = 99;
        replay.handle(OnHandlerFailure.retry(SOON.withMaxAttempts(2)).thenSkip(), this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);

        assertHandled(1, 2, 2, 3);
        replay.assertSaved("/a=1", "/a=2", "/a=3");
        replay.close();
    }

    @Test
    void retryingEndsAfterItsTime() throws InterruptedException {
        failures = 99;
        replay.handle(OnHandlerFailure.retry(NEVER.withMaxTime(Duration.ofHours(1))), this::handle, "/a");
        replay.deliver("/a", 2);

        assertEquals("/a", replay.event(SubscriptionStopped.class).channel());
    }

    @Test
    void stoppingLeavesTheMessageToTheNextStart() throws InterruptedException {
        failures = 1;
        replay.handle(OnHandlerFailure.STOP, this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);
        replay.event(SubscriptionStopped.class);
        replay.handle(OnHandlerFailure.STOP, this::handle, "/a");

        assertEquals(List.of(ReplayFixture.ext("/a", -1), ReplayFixture.ext("/a", 1)), replay.exts());
    }

    @Test
    void whereOneHasStoppedTheOthersSaveNothing() throws InterruptedException {
        failures = 1;
        replay.handle(OnHandlerFailure.STOP, this::handle, "/a");
        LinkedBlockingQueue<Long> other = new LinkedBlockingQueue<>();
        replay.handle(OnHandlerFailure.SKIP, message -> other.add(ReplayFixture.id(message)), "/a");
        replay.deliver("/a", 1, 2);
        replay.event(SubscriptionStopped.class);
        replay.deliver("/a", 3, 4);
        for (long id = 1; id <= 4; id++) {
            assertEquals(id, other.take());
        }
        replay.close();

        assertEquals(List.of("/a=1"), List.copyOf(replay.saved));
    }

    @Test
    void aMessageThatCannotBeBoundIsNotTriedAgain() throws InterruptedException {
        replay.server.subscriptions.<Limits>start(
                replay.settings("/a").as(Limits.class).onHandlerFailure(OnHandlerFailure.retry(NEVER).thenSkip()),
                message -> handled.add(9L));
        replay.server.deliver("/a", "[]", "null");

        assertHandled(9);
        assertInstanceOf(PayloadException.class, replay.event(HandlerFailed.class).cause());
    }

    @Test
    void closingTheSubscriptionEndsTheWait() throws InterruptedException {
        failures = 99;
        Subscription subscription = replay.handle(OnHandlerFailure.retry(NEVER), this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);
        replay.event(HandlerFailed.class);
        subscription.close();
        replay.close();

        assertTrue(((CoreSubscription<?>) subscription).awaitIdle(0));
        assertEquals(List.of(1L, 2L), List.copyOf(handled));
        assertEquals(List.of("/a=1"), List.copyOf(replay.saved));
    }

    @Test
    void closingTheClientEndsTheWaitAndHandlesNoLaterMessage() throws InterruptedException {
        failures = 99;
        replay.handle(OnHandlerFailure.retry(NEVER), this::handle, "/a");
        replay.deliver("/a", 1, 2, 3);
        replay.event(HandlerFailed.class);
        replay.close();

        assertEquals(List.of(1L, 2L), List.copyOf(handled));
        assertEquals(List.of("/a=1"), List.copyOf(replay.saved));
        assertTrue(replay.server.nothingTold());
    }

    @Test
    void anInterruptedHandlerHasNotHandled() throws InterruptedException {
        Subscription subscription = replay.handle(OnHandlerFailure.SKIP, message -> {
            handled.add(ReplayFixture.id(message));
            new java.util.concurrent.Semaphore(0).acquire();
        }, "/a");
        replay.deliver("/a", 1, 2);
        assertHandled(1);
        replay.server.subscriptions.close(0);

        assertTrue(((CoreSubscription<?>) subscription).awaitIdle(Long.MAX_VALUE));
        assertEquals(List.of(), List.copyOf(replay.saved));
        assertEquals(List.<ClientEvent>of(), List.copyOf(replay.server.told));
    }
}
