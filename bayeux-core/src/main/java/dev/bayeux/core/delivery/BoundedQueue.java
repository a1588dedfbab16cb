package dev.bayeux.core.delivery;

import dev.bayeux.api.Overflow;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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

        /** It is kept, and there should be no more for a while. */
        FILLED,

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
    private final Runnable whenRoom;
    private boolean full;
    private long dropped;
    private long untold;
    private @Nullable Supplier<RuntimeException> ended;
    private @Nullable Supplier<RuntimeException> notice;

    /**
     * An empty queue.
     *
     * @param runtime tells the time
     * @param limit the most it keeps
     * @param overflow what becomes of one more
     * @param whenRoom called, without any lock, when a queue that was filled has half of its room again
     */
    public BoundedQueue(ClientRuntime runtime, int limit, Overflow overflow, Runnable whenRoom) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.limit = limit;
        this.overflow = overflow;
        this.whenRoom = whenRoom;
    }

    /**
     * Adds one.
     *
     * @param element any
     * @param mayExceed whether a queue that wants a pause keeps it beyond its limit
     * @return what became of it
     */
    public Result add(T element, boolean mayExceed) {
        lock.lock();
        try {
            if (waiting.size() < limit || overflow == Overflow.PAUSE && mayExceed) {
                waiting.addLast(element);
                changed.signal();
                return fills() ? Result.FILLED : Result.ADDED;
            }
            dropped++;
            untold++;
            if (overflow == Overflow.DROP_OLDEST || overflow == Overflow.PAUSE) {
                waiting.removeFirst();
                waiting.addLast(element);
            }
            return overflow == Overflow.CLOSE ? Result.FULL : Result.DROPPED;
        } finally {
            lock.unlock();
        }
    }

    private boolean fills() {
        if (full || overflow != Overflow.PAUSE || waiting.size() < limit) {
            return false;
        }
        full = true;
        return true;
    }

    private boolean drains() {
        if (!full || waiting.size() > limit / 2) {
            return false;
        }
        full = false;
        return true;
    }

    /** {@return whether it was filled and has not got half of its room back} */
    public boolean isFull() {
        lock.lock();
        try {
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether there is none now} */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next one, {@code null} if there is none now} */
    public @Nullable T poll() {
        T next;
        boolean room;
        lock.lock();
        try {
            next = waiting.pollFirst();
            room = drains();
        } finally {
            lock.unlock();
        }
        if (room) {
            whenRoom.run();
        }
        return next;
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
        T next;
        boolean room;
        lock.lockInterruptibly();
        try {
            next = await(deadlineNs);
            if (next != null) {
                leaving.accept(next);
            }
            room = drains();
        } finally {
            lock.unlock();
        }
        if (room) {
            whenRoom.run();
        }
        return next;
    }

    /**
     * Takes all that are there, and waits for a first one.
     *
     * @param most how many at most, more than zero
     * @param deadlineNs until when to wait for the first
     * @param leaving called with each before another thread can take what follows; does not wait
     * @return in order, none if none came
     * @throws InterruptedException if the thread is interrupted
     */
    List<T> takeAll(int most, long deadlineNs, Consumer<? super T> leaving) throws InterruptedException {
        List<T> taken = new ArrayList<>();
        boolean room;
        lock.lockInterruptibly();
        try {
            for (T next = await(deadlineNs); next != null; next = taken.size() < most ? waiting.pollFirst() : null) {
                leaving.accept(next);
                taken.add(next);
            }
            room = drains();
        } finally {
            lock.unlock();
        }
        if (room) {
            whenRoom.run();
        }
        return taken;
    }

    /** Puts back what was taken last and cannot be handed over yet, in order; it may exceed the limit for a moment. */
    void putBack(List<T> taken) {
        lock.lock();
        try {
            for (int n = taken.size() - 1; n >= 0; n--) {
                waiting.addFirst(taken.get(n));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes one caller that waits, or the next one that finds nothing, fail once. */
    void notifyOnce(Supplier<RuntimeException> why) {
        lock.lock();
        try {
            notice = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T await(long deadlineNs) throws InterruptedException {
        while (true) {
            T next = waiting.pollFirst();
            if (next != null) {
                return next;
            }
            Supplier<RuntimeException> once = notice;
            if (once != null) {
                notice = null;
                throw once.get();
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
        boolean room;
        lock.lock();
        try {
            waiting.clear();
            room = drains();
        } finally {
            lock.unlock();
        }
        if (room) {
            whenRoom.run();
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
