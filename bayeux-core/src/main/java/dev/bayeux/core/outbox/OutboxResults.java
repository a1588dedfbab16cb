package dev.bayeux.core.outbox;

import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.runtime.OwnedThreads;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of an outbox, one after the other, on the thread "results": stages that depend on a future run
 * where it is completed. The thread exists while there are results, and no result is lost when it is interrupted.
 */
public final class OutboxResults implements OwnedThreads {

    private final ClientRuntime runtime;
    private final String threadName;
    private final ReentrantLock lock;
    private final Condition idle;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;

    public OutboxResults(ClientRuntime runtime, String clientName) {
        this.runtime = runtime;
        this.threadName = "bayeux-" + clientName + "-results";
        this.lock = runtime.newLock();
        this.idle = lock.newCondition();
    }

    public void add(Runnable result) {
        lock.lock();
        try {
            waiting.addLast(result);
            if (thread == null) {
                thread = runtime.start(threadName, this::runAll);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of results that are not reported yet} */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCurrent() {
        lock.lock();
        try {
            return thread == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Continues after an interrupt, which was for the program's code. */
    private void runAll() {
        boolean all = false;
        try {
            for (Runnable next = next(); next != null; next = next()) {
                next.run();
                Thread.interrupted();
            }
            all = true;
        } finally {
            if (!all) {
                restart();
            }
        }
    }

    /** Continues on another thread after an error, such as a lack of memory, has ended this one. */
    private void restart() {
        lock.lock();
        try {
            thread = runtime.start(threadName, this::runAll);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next result, {@code null} if there is none: then the next one starts another thread} */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable next = waiting.pollFirst();
            if (next == null) {
                thread = null;
                idle.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (thread != null && thread != Thread.currentThread()) {
                if (idle.awaitNanos(deadlineNs - runtime.nanoTime()) <= 0) {
                    return thread == null;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the program's code that is running, unless it is this thread that calls. */
    @Override
    public void interrupt() {
        lock.lock();
        try {
            if (thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
