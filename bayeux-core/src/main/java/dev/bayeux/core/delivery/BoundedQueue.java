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

/** A queue with a limit, for one producer that never waits and consumers that do. Keeps the order. */
public final class BoundedQueue<T> {

    /** The result of an addition. */
    public enum Result {

        /** The element was added. */
        ADDED,

        /** The element was added, and the producer should pause. */
        FILLED,

        /** The element, or the oldest one, was dropped. */
        DROPPED,

        /** The element was dropped, and the queue takes no more. */
        FULL
    }

    private final int limit;
    private final int most;
    private final Overflow overflow;
    private final ClientRuntime runtime;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<T> waiting = new ArrayDeque<>(4);
    private Runnable whenRoom = () -> {
        // Set by a producer that pauses.
    };
    private volatile boolean full;
    private long dropped;
    private long unreported;
    private @Nullable Supplier<RuntimeException> ended;
    private @Nullable Supplier<RuntimeException> notice;

    public BoundedQueue(ClientRuntime runtime, int limit, Overflow overflow) {
        this(runtime, limit, overflow, limit);
    }

    /**
     * Makes an empty queue.
     *
     * @param limit how many elements it takes before it is full
     * @param overflow what happens when it is full
     * @param most how many elements a queue that pauses the producer takes, until the producer has paused
     */
    public BoundedQueue(ClientRuntime runtime, int limit, Overflow overflow, int most) {
        this.most = most;
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.limit = limit;
        this.overflow = overflow;
    }

    /**
     * Sets what resumes the producer: called, without a lock, when a full queue is half empty again. Called once, before the
     * first addition.
     */
    public void whenRoom(Runnable resumes) {
        whenRoom = resumes;
    }

    /** Adds an element; {@code mayExceed} lets a queue that pauses the producer exceed its limit, up to its most. */
    public Result add(T element, boolean mayExceed) {
        lock.lock();
        try {
            if (waiting.size() < (mayExceed && overflow == Overflow.PAUSE ? most : limit)) {
                waiting.addLast(element);
                changed.signal();
                return fills() ? Result.FILLED : Result.ADDED;
            }
            dropped++;
            unreported++;
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

    /** {@return whether the queue was full and is not half empty yet} */
    public boolean isFull() {
        return full;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

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
     * Waits for the next element and removes it; {@code null} if none arrives in time, and {@link Long#MAX_VALUE} is no
     * limit. Elements that were added before the end can be taken after it; then the exception from {@link #end} is thrown.
     */
    public @Nullable T take(long deadlineNs) throws InterruptedException {
        return take(deadlineNs, taken -> {
            // This caller need not know which elements left the queue.
        });
    }

    /** Takes an element as {@link #take} does, and calls back, without waiting, before any thread can take the next one. */
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

    /** Waits for a first element as {@link #take} does, and takes at most {@code most} of all that are there, in order. */
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

    /**
     * Puts back, in order, the elements that were taken last and cannot be passed on yet; the queue may exceed its limit for
     * a moment.
     */
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

    /** Makes one waiting caller fail once; without one, the next caller that finds the queue empty. */
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

    /** Ends the queue: consumers fail with this exception once it is empty; {@code null} reopens it. */
    public void end(@Nullable Supplier<RuntimeException> why) {
        lock.lock();
        try {
            ended = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

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

    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the elements dropped since the last call} */
    public long takeUnreported() {
        lock.lock();
        try {
            long count = unreported;
            unreported = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }
}
