package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Overflow;
import dev.bayeux.core.delivery.BoundedQueue.Result;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class BoundedQueueTest {

    private static final class EndException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static BoundedQueue<Integer> queue(int limit, Overflow overflow, Integer... elements) {
        BoundedQueue<Integer> queue = new BoundedQueue<>(ClientRuntime.jvm(), limit, overflow, limit + 3);
        List.of(elements).forEach(element -> queue.add(element, true));
        return queue;
    }

    private static List<Integer> drain(BoundedQueue<Integer> queue) {
        List<Integer> all = new ArrayList<>();
        for (Integer next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void keepsTheOrder(Overflow overflow) {
        BoundedQueue<Integer> queue = queue(3, overflow, 1, 2, 3);

        assertEquals(List.of(1, 2, 3), drain(queue));
        assertNull(queue.poll());
        assertEquals(0, queue.dropped());
    }

    @Test
    void dropOldestKeepsTheNewest() {
        BoundedQueue<Integer> queue = queue(2, Overflow.DROP_OLDEST, 1, 2);

        assertEquals(Result.DROPPED, queue.add(3, true));
        assertEquals(Result.DROPPED, queue.add(4, true));
        assertEquals(List.of(3, 4), drain(queue));
        assertEquals(Result.ADDED, queue.add(5, true));
    }

    @Test
    void aPausedQueueExceedsItsLimitOnlyToItsMost() {
        BoundedQueue<Integer> queue = queue(2, Overflow.PAUSE, 1, 2, 3, 4, 5);

        assertEquals(Result.DROPPED, queue.add(6, true));
        assertEquals(List.of(2, 3, 4, 5, 6), drain(queue));
        assertEquals(1, queue.dropped());
    }

    @Test
    void dropNewestKeepsWhatWaits() {
        BoundedQueue<Integer> queue = queue(2, Overflow.DROP_NEWEST, 1, 2);

        assertEquals(Result.DROPPED, queue.add(3, true));
        assertEquals(List.of(1, 2), drain(queue));
    }

    @Test
    void closeKeepsWhatWaitsAndSaysFull() {
        BoundedQueue<Integer> queue = queue(1, Overflow.CLOSE, 1);

        assertEquals(Result.FULL, queue.add(2, true));
        assertEquals(List.of(1), drain(queue));
    }

    @ParameterizedTest
    @EnumSource(value = Overflow.class, mode = EnumSource.Mode.EXCLUDE, names = "PAUSE")
    void droppedElementsAreCounted(Overflow overflow) {
        BoundedQueue<Integer> queue = queue(1, overflow, 1, 2, 3);

        assertEquals(2, queue.takeUnreported());
        assertEquals(0, queue.takeUnreported());
        queue.add(4, true);
        assertEquals(1, queue.takeUnreported());
        assertEquals(3, queue.dropped());
    }

    @Test
    void takeDoesNotWaitWithoutTime() throws InterruptedException {
        assertNull(queue(1, Overflow.CLOSE).take(ClientRuntime.jvm().after(Duration.ZERO)));
        assertEquals(1, queue(1, Overflow.CLOSE, 1).take(ClientRuntime.jvm().after(Duration.ZERO)));
        assertNull(queue(1, Overflow.CLOSE).take(ClientRuntime.jvm().after(Duration.ofMillis(1))));
    }

    @Test
    void anEndLetsTheRestBeTakenAndThenThrows() throws InterruptedException {
        BoundedQueue<Integer> queue = queue(2, Overflow.CLOSE, 1);
        queue.end(EndException::new);

        assertEquals(1, queue.take(Long.MAX_VALUE));
        assertThrows(EndException.class, () -> queue.take(Long.MAX_VALUE));
        assertThrows(EndException.class, () -> queue.take(ClientRuntime.jvm().after(Duration.ZERO)));
    }

    @Test
    void anEndCanBeTakenBack() throws InterruptedException {
        BoundedQueue<Integer> queue = queue(1, Overflow.CLOSE);
        queue.end(EndException::new);
        queue.end(null);

        assertNull(queue.take(ClientRuntime.jvm().after(Duration.ZERO)));
        queue.add(1, true);
        assertEquals(1, queue.take(Long.MAX_VALUE));
    }

    @Test
    void theEndWakesAllWaitingThreads() throws InterruptedException {
        BoundedQueue<Integer> queue = queue(1, Overflow.CLOSE);
        LinkedBlockingQueue<Class<?>> ends = new LinkedBlockingQueue<>();
        for (int n = 0; n < 5; n++) {
            Thread.ofVirtual().start(
                    () -> ends.add(assertThrows(RuntimeException.class, () -> queue.take(Long.MAX_VALUE)).getClass()));
        }
        queue.end(EndException::new);

        for (int n = 0; n < 5; n++) {
            assertEquals(EndException.class, ends.take());
        }
    }

    @Test
    void anInterruptLosesNothing() throws InterruptedException {
        BoundedQueue<Integer> queue = queue(1, Overflow.CLOSE, 1);
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> queue.take(Long.MAX_VALUE));
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(1, queue.take(Long.MAX_VALUE));
    }

    @Test
    void clearDropsAllAndCountsNothing() {
        BoundedQueue<Integer> queue = queue(2, Overflow.CLOSE, 1, 2);
        queue.clear();

        assertNull(queue.poll());
        assertEquals(0, queue.dropped());
        assertEquals(Result.ADDED, queue.add(3, true));
    }

    @Test
    void pauseIsWantedOnceAndNothingIsDropped() {
        BoundedQueue<Integer> queue = queue(2, Overflow.PAUSE);

        assertEquals(List.of(Result.ADDED, Result.FILLED, Result.ADDED, Result.ADDED),
                List.of(queue.add(1, true), queue.add(2, true), queue.add(3, true), queue.add(4, true)));
        assertTrue(queue.isFull());
        assertEquals(List.of(1, 2, 3, 4), drain(queue));
        assertEquals(0, queue.dropped());
    }

    @Test
    void elementsThatArriveDuringAPauseReplaceTheOldest() {
        BoundedQueue<Integer> queue = queue(2, Overflow.PAUSE, 1, 2);

        assertEquals(Result.DROPPED, queue.add(3, false));
        assertEquals(1, queue.dropped());
        assertEquals(List.of(2, 3), drain(queue));
    }

    @Test
    void pauseEndsWhenHalfOfTheRoomIsFree() throws InterruptedException {
        AtomicInteger room = new AtomicInteger();
        BoundedQueue<Integer> queue = new BoundedQueue<>(ClientRuntime.jvm(), 4, Overflow.PAUSE, 100);
        queue.whenRoom(room::incrementAndGet);
        for (int n = 1; n <= 5; n++) {
            queue.add(n, true);
        }
        queue.poll();
        queue.take(Long.MAX_VALUE);
        assertEquals(0, room.get());
        queue.take(Long.MAX_VALUE);
        assertEquals(1, room.get());
        assertFalse(queue.isFull());
        assertEquals(List.of(Result.ADDED, Result.FILLED), List.of(queue.add(6, true), queue.add(7, true)));
        queue.clear();
        assertEquals(2, room.get());
    }

    @Test
    void manyProducersAndConsumersLoseNothing() throws InterruptedException {
        BoundedQueue<Integer> queue = new BoundedQueue<>(ClientRuntime.jvm(), 1_000_000, Overflow.CLOSE);
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        List<Thread> takers = new ArrayList<>();
        List<Thread> adders = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            int from = n * 5000;
            takers.add(Thread.ofVirtual().start(() -> takeAll(queue, taken)));
            adders.add(Thread.ofVirtual().start(() -> {
                for (int element = from; element < from + 5000; element++) {
                    queue.add(element, true);
                }
            }));
        }
        for (Thread adder : adders) {
            adder.join();
        }
        queue.end(EndException::new);
        for (Thread taker : takers) {
            taker.join();
        }

        assertEquals(20_000, taken.size());
    }

    /** Some of the takers are interrupted over and over while they take. */
    private static void takeAll(BoundedQueue<Integer> queue, Set<Integer> taken) {
        while (true) {
            try {
                Integer next = queue.take(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
                taken.add(next);
                if (next % 3 == 0) {
                    Thread.currentThread().interrupt();
                }
            } catch (EndException end) {
                return;
            } catch (InterruptedException interrupted) {
                // Goes on: what was there is there still.
            }
        }
    }
}
