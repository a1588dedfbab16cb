package dev.bayeux.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TimedWaitTest {

    private static final long LONG = Duration.ofHours(1).toNanos();

    @Test
    void aCompleteFutureNeedsNoWait() throws Exception {
        assertEquals("done", TimedWait.get(CompletableFuture.completedFuture("done"), 0));
    }

    @Test
    void returnsTheResultThatComesInTime() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> got = waiting(future, LONG);

        future.complete("x");

        assertEquals("x", got.get());
    }

    @Test
    void anEndlessLimitIsALimitLikeAnyOther() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> got = waiting(future, Long.MAX_VALUE);

        future.complete("x");

        assertEquals("x", got.get());
    }

    @Test
    void aFailureIsTheCause() {
        IOException failure = new IOException("gone");
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> got = waiting(future, LONG);

        future.completeExceptionally(failure);

        ExecutionException thrown = (ExecutionException) assertThrows(ExecutionException.class, got::get).getCause();
        assertSame(failure, thrown.getCause());
    }

    @Test
    void aCancelledFutureIsReportedAsCancelled() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> got = waiting(future, LONG);

        future.cancel(false);

        assertThrows(CancellationException.class, got::get);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 1, 20_000_000})
    void theLimitPassesAndNotBeforeItsTime(long limitNs) {
        long begun = System.nanoTime();

        assertThrows(TimeoutException.class, () -> TimedWait.get(new CompletableFuture<>(), limitNs));

        assertTrue(System.nanoTime() - begun >= limitNs);
    }

    @Test
    void aShorterLimitPassesAlthoughALongerOneIsWaitedFor() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> longer = waiting(future, LONG);

        assertThrows(TimeoutException.class, () -> TimedWait.get(future, 1_000_000));

        assertFalse(longer.isDone());
        future.complete("x");
        assertEquals("x", longer.get());
    }

    @Test
    void allLimitsPassWhateverTheirOrder() throws Exception {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            all.add(waiting(new CompletableFuture<>(), (n * 37 % 50) * 1_000_000L));
        }

        for (CompletableFuture<String> each : all) {
            assertEquals(TimeoutException.class,
                    assertThrows(ExecutionException.class, each::get).getCause().getClass());
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual()
                .start(() -> ended.complete(assertThrows(Throwable.class,
                        () -> TimedWait.get(new CompletableFuture<>(), LONG))));

        waiter.interrupt();

        assertEquals(InterruptedException.class, ended.get().getClass());
    }

    /** Waits on a separate thread, and returns when it has begun. */
    private static CompletableFuture<String> waiting(CompletableFuture<String> future, long limitNs) {
        CompletableFuture<String> got = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                got.complete(TimedWait.get(future, limitNs));
            } catch (Throwable failed) {
                got.completeExceptionally(failed);
            }
        });
        try {
            begun.await();
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        return got;
    }
}
