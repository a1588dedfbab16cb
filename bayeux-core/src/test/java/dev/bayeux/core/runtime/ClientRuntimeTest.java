package dev.bayeux.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClientRuntimeTest {

    @Test
    void everyDurationCanBeCounted() {
        long now = System.nanoTime();

        assertTrue(
                ClientRuntime.jvm().after(Duration.ofSeconds(Long.MAX_VALUE)) - now >= Duration.ofDays(365).toNanos());
        assertTrue(ClientRuntime.jvm().after(Duration.ofHours(1)) - now >= Duration.ofHours(1).toNanos());
        assertTrue(ClientRuntime.jvm().after(Duration.ZERO) - now >= 0);
    }

    @Test
    void aThreadHasTheClassLoaderOfTheBuilderAndNoLocalsWhoeverStartsIt() throws InterruptedException {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("request 7");
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread starting = Thread.currentThread();
        ClassLoader builder = starting.getContextClassLoader();
        ClientRuntime runtime = ClientRuntime.jvm();
        starting.setContextClassLoader(new ClassLoader(null) {
        });
        try {
            runtime.start("x", () -> seen.complete("%s %s".formatted(local.get(),
                    Thread.currentThread().getContextClassLoader() == builder))).join();
        } finally {
            starting.setContextClassLoader(builder);
        }

        assertEquals("null true", seen.join());
    }

    @Test
    void lessThanZeroIsZero() {
        long deadline = ClientRuntime.jvm().after(Duration.ofSeconds(Long.MIN_VALUE));

        assertTrue(deadline - System.nanoTime() <= 0);
        assertTrue(ClientRuntime.jvm().after(Duration.ofDays(-400)) - deadline >= 0);
    }
}
