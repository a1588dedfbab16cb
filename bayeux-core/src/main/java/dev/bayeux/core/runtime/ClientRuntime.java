package dev.bayeux.core.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The time, threads, locks and random numbers of a client. Nothing else in the engine reads the time, waits with a limit,
 * makes a lock with conditions, or starts a thread, so a simulation can replace all of them.
 */
public interface ClientRuntime {

    /** The longest wait, one year: a long duration does not fit into nanoseconds. */
    Duration FAR = Duration.ofDays(365);

    /** Makes the runtime of a client that the calling thread builds. */
    static ClientRuntime jvm() {
        return new JvmRuntime(Thread.currentThread().getContextClassLoader());
    }

    /** {@return the time as {@link System#nanoTime()} gives it} */
    long nanoTime();

    /** {@return the wall-clock time} */
    Instant now();

    /** {@return a random number} */
    long seed();

    /** {@return a lock whose conditions wait by {@link #nanoTime()}} */
    ReentrantLock newLock();

    /**
     * Calls back after the machine has slept or the process has stood still: the time of day has advanced by much more than
     * the wait. The implementation decides how soon after the sleep it calls, on a separate thread. Returns an action that ends the calls.
     */
    Runnable onSleep(Runnable awake);

    /**
     * Starts a virtual thread. It has the context class loader of the thread that built the client, and no thread locals,
     * whichever thread starts it.
     */
    Thread start(String name, Runnable task);

    /** Waits, no longer than the limit, for the end of a thread that was started here. */
    void join(Thread thread, Duration limit) throws InterruptedException;

    /** Waits for a result as {@link CompletableFuture#get(long, java.util.concurrent.TimeUnit)} does. */
    <T extends @Nullable Object> T get(CompletableFuture<T> future, long limitNs)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Waits until a future is complete, normally or not; {@code false} if the deadline comes first. */
    default boolean isComplete(CompletableFuture<?> future, long deadlineNs) throws InterruptedException {
        try {
            get(future, deadlineNs - nanoTime());
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException timedOut) {
            return false;
        }
    }

    /** Returns the time after a wait that begins now; less than zero is zero, and more than a year is a year. */
    default long after(Duration limit) {
        Duration counted = limit.isNegative() ? Duration.ZERO : limit.compareTo(FAR) > 0 ? FAR : limit;
        return nanoTime() + counted.toNanos();
    }
}
