package dev.bayeux.core.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose handlers run on the program's executor.
 *
 * @param base does everything else
 * @param handlerExecutor runs handlers
 */
public record HandlerRuntime(ClientRuntime base, Executor handlerExecutor) implements ClientRuntime {

    /**
     * Adds an executor, if the program has one.
     *
     * @param base does everything else
     * @param executor of the program, {@code null} for none
     * @return a runtime
     */
    public static ClientRuntime of(ClientRuntime base, @Nullable Executor executor) {
        return executor == null ? base : new HandlerRuntime(base, executor);
    }

    @Override
    public long nanoTime() {
        return base.nanoTime();
    }

    @Override
    public Instant now() {
        return base.now();
    }

    @Override
    public long seed() {
        return base.seed();
    }

    @Override
    public ReentrantLock newLock() {
        return base.newLock();
    }

    @Override
    public Runnable onSleep(Runnable awake) {
        return base.onSleep(awake);
    }

    @Override
    public Thread start(String name, Runnable task) {
        return base.start(name, task);
    }

    @Override
    public void join(Thread thread, Duration limit) throws InterruptedException {
        base.join(thread, limit);
    }

    @Override
    public <T extends @Nullable Object> T get(CompletableFuture<T> future, long limitNs)
            throws InterruptedException, ExecutionException, TimeoutException {
        return base.get(future, limitNs);
    }
}
