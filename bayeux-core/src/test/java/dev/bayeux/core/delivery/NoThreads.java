package dev.bayeux.core.delivery;

import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** A runtime for what must start no thread. */
final class NoThreads implements ClientRuntime {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public ReentrantLock newLock() {
        return new ReentrantLock();
    }

    @Override
    public Runnable onSleep(Runnable awake) {
        throw new AssertionError("nothing waits here");
    }

    @Override
    public Thread start(String name, Runnable task) {
        throw new AssertionError("no thread is needed for " + name);
    }

    @Override
    public void join(Thread thread, Duration limit) {
        throw new AssertionError("nothing waits here");
    }

    @Override
    public <T> T get(CompletableFuture<T> future, long limitNs) {
        throw new AssertionError("nothing waits here");
    }
}
