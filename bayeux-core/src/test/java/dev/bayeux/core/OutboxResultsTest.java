package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void areToldOnAThreadOfTheirOwn() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        results.tell(() -> told.complete(Thread.currentThread().getName()));

        assertEquals("bayeux-test-results", told.get(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Test
    void closingInterruptsCodeThatDoesNotEndAndTellsTheOthers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        results.tell(() -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                ended.complete("interrupted");
            }
        });
        results.tell(() -> next.complete(Thread.currentThread().isInterrupted()));
        results.close(runtime.nanoTime());

        assertEquals("interrupted", ended.get(PATIENCE_S, TimeUnit.SECONDS));
        assertEquals(false, next.get(PATIENCE_S, TimeUnit.SECONDS), "the interrupt was for the other");
        assertEquals(0, results.size());
    }
}
