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

    /** {@return that of the JVM} */
    static ClientRuntime jvm() {
        return JvmRuntime.INSTANCE;
    }

    /** {@return the time as {@link System#nanoTime()} gives it} */
    long nanoTime();

    /** {@return the time of the day} */
    Instant now();

    /** {@return a number by chance} */
    long seed();

    /** {@return a lock whose conditions wait by {@link #nanoTime()}} */
    ReentrantLock newLock();

    /**
     * Calls back after the machine has slept or the process has stood still: the time of day has advanced by much more than
     * the wait. The implementation decides how soon after the sleep it calls.
     *
     * @param awake called on a thread of the runtime; must not wait
     * @return ends this
     */
    Runnable onSleep(Runnable awake);

    /**
     * Starts a virtual thread. It has the context class loader of the calling thread, and none of its thread locals.
     *
     * @param name of the thread
     * @param task what it does
     * @return it, running
     */
    Thread start(String name, Runnable task);

    /**
     * Waits for the end of a thread that was started here.
     *
     * @param thread which
     * @param limit how long at most
     * @throws InterruptedException if the calling thread is interrupted
     */
    void join(Thread thread, Duration limit) throws InterruptedException;

    /**
     * Waits for a result.
     *
     * @param future brings it
     * @param limitNs how long at most
     * @param <T> of the result
     * @return the result
     * @throws InterruptedException if the thread is interrupted
     * @throws ExecutionException if the future has failed
     * @throws TimeoutException if it is not complete within the limit
     */
    <T extends @Nullable Object> T get(CompletableFuture<T> future, long limitNs)
            throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * Waits until a future is complete, normally or not.
     *
     * @param future what to wait for
     * @param deadlineNs until when, by {@link #nanoTime()}
     * @return whether it is complete
     * @throws InterruptedException if the thread is interrupted
     */
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

    /**
     * Returns the time after a wait that begins now.
     *
     * @param limit any; less than zero is zero, and more than a year is a year
     * @return when it has passed, by {@link #nanoTime()}
     */
    default long after(Duration limit) {
        Duration counted = limit.isNegative() ? Duration.ZERO : limit.compareTo(FAR) > 0 ? FAR : limit;
        return nanoTime() + counted.toNanos();
    }
}
