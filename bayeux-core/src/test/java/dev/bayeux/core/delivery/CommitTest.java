package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.ClientEvent.PositionNotSaved;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Message;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a message counts as handled, and that its position is saved then and not before. */
@Timeout(10)
class CommitTest {

    private final ReplayFixture replay = new ReplayFixture();
    private final LinkedBlockingQueue<Object> handled = new LinkedBlockingQueue<>();
    private final Semaphore running = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    private List<String> saved() {
        return List.copyOf(replay.saved);
    }

    private void slowly(Message<?> message) throws InterruptedException {
        running.release();
        mayEnd.acquire();
    }

    @Test
    @Tag("C-119")
    void aPositionIsSavedWhenTheHandlerHasReturned() throws InterruptedException {
        replay.handle(OnHandlerFailure.SKIP, this::slowly, "/a");
        replay.deliver("/a", 5, 3);
        running.acquire();
        assertEquals(List.of(), saved());
        mayEnd.release();
        running.acquire();
        replay.assertSaved("/a=5");
        mayEnd.release();
        replay.assertSaved("/a=3");
    }

    @Test
    @Tag("C-119")
    void theKeyHasNoQueryString() throws InterruptedException {
        replay.handle(OnHandlerFailure.SKIP, message -> running.release(), "/topic/O?R='E'");
        replay.deliver("/topic/O?R='E'", 5);

        replay.assertSaved("/topic/O=5");
        assertEquals(List.of(ReplayFixture.ext("/topic/O", -1)), replay.exts());
    }

    @Test
    void ofSeveralSubscribersTheSlowestCounts() throws InterruptedException {
        replay.handle(OnHandlerFailure.SKIP, this::slowly, "/a");
        LinkedBlockingQueue<Long> quick = new LinkedBlockingQueue<>();
        replay.handle(OnHandlerFailure.SKIP, message -> quick.add(ReplayFixture.id(message)), "/a");
        replay.deliver("/a", 1, 2, 3);
        for (long id = 1; id <= 3; id++) {
            assertEquals(id, quick.take());
        }
        assertEquals(List.of(), saved());
        mayEnd.release(2);
        replay.assertSaved("/a=1", "/a=2");
        mayEnd.release();
        replay.close();
        assertEquals(List.of("/a=3"), saved());
    }

    @Test
    void closingASubscriptionDiscardsItsUnhandledMessages() throws InterruptedException {
        Subscription slow = replay.handle(OnHandlerFailure.SKIP, this::slowly, "/a");
        replay.handle(OnHandlerFailure.SKIP, message -> running.release(), "/a");
        replay.deliver("/a", 1);
        running.acquire(2);
        slow.close();
        replay.deliver("/a", 2);

        running.acquire();
        mayEnd.release();
        replay.close();
        assertEquals("/a=2", saved().getLast(), "what is handled late is not behind what was saved");
    }

    @Test
    void aLateCommitOfAClosedSubscriptionDoesNotMoveThePositionBack() throws InterruptedException {
        Subscription closed = replay.handle(OnHandlerFailure.SKIP, this::slowly, "/a");
        replay.deliver("/a", 1);
        running.acquire();
        closed.close();
        replay.handle(OnHandlerFailure.SKIP, message -> handled.add(message.position()), "/a");
        replay.deliver("/a", 2);
        replay.assertSaved("/a=2");
        mayEnd.release();
        replay.close();
        assertEquals(List.of(), saved());
        assertEquals(Optional.of(Position.after(2)), replay.store.load("/a"));
    }

    @Test
    void aPatternHasASeparatePosition() throws InterruptedException {
        replay.handle(OnHandlerFailure.SKIP, message -> running.release(), "/a/*", "/b");
        replay.deliver("/a/x", 1);
        replay.deliver("/b", 2);
        replay.deliver("/a/y", 3);

        replay.assertSaved("/a/*=1", "/b=2", "/a/*=3");
    }

    @Test
    void droppedMessagesAreSkippedInThePosition() throws InterruptedException {
        PullSubscription<JsonValue> pulled = replay
                .pull(replay.settings("/a").queue(2, Overflow.DROP_OLDEST).committedByHand());
        replay.deliver("/a", 1, 2, 3, 4);
        pulled.commit(pulled.take());

        replay.assertSaved("/a=3");
    }

    // Pulling

    @Test
    void askingForTheNextCommitsTheOneBefore() throws InterruptedException {
        PullSubscription<JsonValue> pulled = replay.pull(replay.settings("/a"));
        replay.deliver("/a", 1, 2, 3);
        pulled.take();
        assertEquals(List.of(), saved());
        Iterator<Message<JsonValue>> iterator = pulled.iterator();
        iterator.hasNext();
        replay.assertSaved("/a=1");
        iterator.next();
        pulled.poll(Duration.ZERO);
        replay.assertSaved("/a=2");
        assertEquals(Optional.empty(), pulled.poll(Duration.ZERO));
        replay.assertSaved("/a=3");
    }

    @Test
    void eachThreadCommitsWhatItHasTakenItself() throws InterruptedException {
        PullSubscription<JsonValue> pulled = replay.pull(replay.settings("/a"));
        replay.deliver("/a", 1, 2);
        pulled.take();
        Thread other = Thread.ofVirtual().start(() -> {
            try {
                pulled.take();
                pulled.poll(Duration.ZERO);
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        });
        other.join();
        assertEquals(List.of(), saved(), "the first message is not handled");
        pulled.poll(Duration.ZERO);
        assertEquals(List.of("/a=2"), saved().subList(saved().size() - 1, saved().size()));
    }

    @Test
    void committingByHandKeepsTheOrder() throws InterruptedException {
        PullSubscription<JsonValue> pulled = replay.pull(replay.settings("/a").committedByHand());
        replay.deliver("/a", 1, 2, 3, 4);
        Message<JsonValue> first = pulled.take();
        Message<JsonValue> second = pulled.take();
        Message<JsonValue> third = pulled.take();
        pulled.take();
        pulled.commit(third);
        pulled.commit(second);
        assertEquals(List.of(), saved());
        pulled.commit(first);
        pulled.commit(first);
        assertEquals(List.of("/a=3"), saved().subList(saved().size() - 1, saved().size()));
        assertThrows(IllegalArgumentException.class,
                () -> replay.pull(replay.settings("/a").committedByHand()).commit(first));
    }

    @Test
    void aMessageThatCannotBeBoundIsConsumed() throws InterruptedException {
        PullSubscription<Limits> pulled = replay.server.subscriptions
                .<Limits>start(replay.settings("/a").as(Limits.class)).subscription();
        replay.deliver("/a", 1);
        assertThrows(PayloadException.class, pulled::take);
        replay.assertSaved("/a=1");
    }

    @Test
    void withoutReplayCommittingDoesNothing() throws InterruptedException {
        SubscriptionsFixture plain = new SubscriptionsFixture();
        PullSubscription<JsonValue> pulled = plain.active("/a");
        plain.deliver("/a", ReplayFixture.event(1));
        Message<JsonValue> message = pulled.take();
        pulled.commit(message);
        assertEquals(Optional.of(Position.after(1)), message.position());
    }

    // The store

    @Test
    void aFailureOfTheStoreIsReportedAndTheNextPositionIsSaved() throws InterruptedException {
        PositionStore failing = new PositionStore() {
            private int saves;
            private Optional<Position> last = Optional.empty();

            @Override
            public Optional<Position> load(String channel) {
                return last;
            }

            @Override
            public void save(String channel, Position position) {
                if (saves++ == 0) {
                    throw new IllegalStateException("no room");
                }
                last = Optional.of(position);
            }

            @Override
            public void remove(String channel) {
                last = Optional.empty();
            }

            @Override
            public void close() {
                // Nothing to do.
            }
        };
        SubscriptionsFixture server = new SubscriptionsFixture(failing, OnInvalidPosition.FAIL, false);
        LinkedBlockingQueue<String> handled = new LinkedBlockingQueue<>();
        server.<JsonValue>handle(message -> handled.add(message.text()), JsonValue.class, "/a");
        server.deliver("/a", ReplayFixture.event(1), ReplayFixture.event(2));

        assertInstanceOf(ReplayGap.class, server.nextEvent(), "this server offers no replay");
        PositionNotSaved event = assertInstanceOf(PositionNotSaved.class, server.nextEvent());
        assertEquals(Position.after(1), event.position());
        assertEquals("no room", event.cause().getCause().getMessage());
        handled.take();
        handled.take();
        server.subscriptions.close(Long.MAX_VALUE);
        assertEquals(Optional.of(Position.after(2)), failing.load("/a"));
    }
}
