package dev.bayeux.core.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxResultsTest {

    private static final long PATIENCE_S = 10;

    private final ClientRuntime runtime = ClientRuntime.jvm();
    private final OutboxResults results = new OutboxResults(runtime, "test");

    @Test
    void areReportedOnOneThread() throws Exception {
        CompletableFuture<String> reported = new CompletableFuture<>();
        results.add(() -> reported.complete(Thread.currentThread().getName()));

        assertEquals("bayeux-test-results", reported.get(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptEndsOneResultAndTheOthersAreReported() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        results.add(() -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                ended.complete("interrupted");
            }
        });
        results.add(() -> next.complete(Thread.currentThread().isInterrupted()));
        assertFalse(results.awaitIdle(runtime.nanoTime()));
        results.interrupt();

        assertEquals("interrupted", ended.get(PATIENCE_S, TimeUnit.SECONDS));
        assertEquals(false, next.get(PATIENCE_S, TimeUnit.SECONDS), "the interrupt was for the other");
        assertEquals(0, results.size());
    }

    @Test
    void anErrorInAResultDoesNotKeepTheOthersBack() throws Exception {
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        CountDownLatch queued = new CountDownLatch(1);
        results.add(() -> {
            try {
                queued.await();
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
            Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
            throw new OutOfMemoryError("of the test");
        });
        results.add(() -> next.complete(true));
        queued.countDown();

        assertTrue(next.get(PATIENCE_S, TimeUnit.SECONDS));
    }
}
