package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxResultsTest {

    private static final long PATIENCE_S = 10;

    private final ClientRuntime runtime = ClientRuntime.jvm();
    private final OutboxResults results = new OutboxResults(runtime, "test");

    @Test
    void areToldOnAThreadOfTheirOwn() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        results.add(() -> told.complete(Thread.currentThread().getName()));

        assertEquals("bayeux-test-results", told.get(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Test
    void closingInterruptsCodeThatDoesNotEndAndTellsTheOthers() throws Exception {
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
        results.close(runtime.nanoTime());

        assertEquals("interrupted", ended.get(PATIENCE_S, TimeUnit.SECONDS));
        assertEquals(false, next.get(PATIENCE_S, TimeUnit.SECONDS), "the interrupt was for the other");
        assertEquals(0, results.size());
    }

    @Test
    void closingOnAnInterruptedThreadInterruptsToo() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<String> ended = new CompletableFuture<>();
        results.add(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                ended.complete("interrupted");
            }
        });
        assertTrue(started.await(PATIENCE_S, TimeUnit.SECONDS));
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread closer = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            try {
                results.close(runtime.after(Duration.ofMinutes(1)));
                closed.complete(false);
            } catch (InterruptedException interrupted) {
                closed.complete(true);
            }
        });

        assertTrue(closed.get(PATIENCE_S, TimeUnit.SECONDS));
        assertEquals("interrupted", ended.get(PATIENCE_S, TimeUnit.SECONDS));
        closer.join();
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
