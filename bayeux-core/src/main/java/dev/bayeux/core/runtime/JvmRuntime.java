package dev.bayeux.core.runtime;

import dev.bayeux.api.spi.TimedWait;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The runtime of real clients: the JVM's clock, locks and virtual threads. */
final class JvmRuntime implements ClientRuntime {

    private static final SleepWatch SLEEP_WATCH = new SleepWatch(Instant::now, Duration.ofSeconds(5),
            Duration.ofSeconds(15));

    private final @Nullable ClassLoader context;

    JvmRuntime(@Nullable ClassLoader context) {
        this.context = context;
    }

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
        return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public ReentrantLock newLock() {
        return new ReentrantLock();
    }

    @Override
    public Runnable onSleep(Runnable awake) {
        return SLEEP_WATCH.add(awake);
    }

    @Override
    public Thread start(String name, Runnable task) {
        // The new thread may live as long as the client, so it must not retain the caller's thread locals.
        Thread thread = Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(task);
        thread.setContextClassLoader(context);
        thread.start();
        return thread;
    }

    @Override
    public void join(Thread thread, Duration limit) throws InterruptedException {
        thread.join(limit);
    }

    @Override
    public <T extends @Nullable Object> T get(CompletableFuture<T> future, long limitNs)
            throws InterruptedException, ExecutionException, TimeoutException {
        return TimedWait.get(future, limitNs);
    }
}
