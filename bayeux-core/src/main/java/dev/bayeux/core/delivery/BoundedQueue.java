package dev.bayeux.core.delivery;

import dev.bayeux.api.Overflow;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what arrives until it is taken, in order, up to a limit. Adding never waits.
 *
 * @param <T> what it keeps
 */
public final class BoundedQueue<T> {

    /** What became of an addition. */
    public enum Result {

        /** It is kept. */
        ADDED,

        /** It, or the oldest one, was dropped. */
        DROPPED,

        /** It was dropped, and nothing more shall be added. */
        FULL
    }

    private final int limit;
    private final Overflow overflow;
    private final ClientRuntime runtime;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<T> waiting = new ArrayDeque<>(4);
    private long dropped;
    private long untold;
    private @Nullable Supplier<RuntimeException> ended;

    /**
     * An empty queue.
     *
     * @param runtime tells the time
     * @param limit the most it keeps
     * @param overflow what becomes of one more
     */
    public BoundedQueue(ClientRuntime runtime, int limit, Overflow overflow) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.limit = limit;
        this.overflow = overflow;
    }

    /** Adds one. */
    public Result add(T element) {
        lock.lock();
        try {
            if (waiting.size() < limit) {
                waiting.addLast(element);
                changed.signal();
                return Result.ADDED;
            }
            dropped++;
            untold++;
            if (overflow == Overflow.DROP_OLDEST) {
                waiting.removeFirst();
                waiting.addLast(element);
            }
            return overflow == Overflow.CLOSE ? Result.FULL : Result.DROPPED;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next one, {@code null} if there is none now} */
    public @Nullable T poll() {
        lock.lock();
        try {
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next one and waits for it. What is there can be taken also after the end.
     *
     * @param deadlineNs by {@link ClientRuntime#nanoTime()}; {@link Long#MAX_VALUE} is without limit
     * @return the next one, {@code null} if none came
     * @throws RuntimeException what {@link #end} makes, if it was ended and nothing is left
     * @throws InterruptedException if the thread is interrupted
     */
    public @Nullable T take(long deadlineNs) throws InterruptedException {
        return take(deadlineNs, taken -> {
            // Nobody else has to know.
        });
    }

    /**
     * The same.
     *
     * @param deadlineNs until when
     * @param leaving called with what is taken before anybody can take what is behind it; does not wait
     * @return as above
     * @throws InterruptedException if the thread is interrupted
     */
    @Nullable
    T take(long deadlineNs, Consumer<? super T> leaving) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                T next = waiting.pollFirst();
                if (next != null) {
                    leaving.accept(next);
                    return next;
                }
                if (ended != null) {
                    throw ended.get();
                }
                if (deadlineNs == Long.MAX_VALUE) {
                    changed.await();
                } else if (changed.awaitNanos(deadlineNs - runtime.nanoTime()) <= 0 && waiting.isEmpty()) {
                    return null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wakes all who wait and lets them, once nothing is left, fail.
     *
     * @param why makes what they get; {@code null} makes waiting possible again
     */
    public void end(@Nullable Supplier<RuntimeException> why) {
        lock.lock();
        try {
            ended = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops all. */
    public void clear() {
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many were dropped since the beginning} */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many were dropped since the last call} */
    public long takeUntold() {
        lock.lock();
        try {
            long count = untold;
            untold = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }
}
