package dev.bayeux.core.delivery;

import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task on a virtual thread that exists only while there is something to do: an idle client costs no thread. Runs
 * never overlap, and a call of {@link #wake} is never lost.
 */
public final class Worker {

    private final ClientRuntime runtime;
    private final String name;
    private final Runnable task;
    private final ReentrantLock lock;
    private final Condition idle;
    private @Nullable Thread thread;
    private boolean again;
    private boolean stopped;

    /**
     * Starts nothing yet.
     *
     * @param runtime starts the thread
     * @param name of the thread
     * @param task does all there is to do, then returns
     */
    public Worker(ClientRuntime runtime, String name, Runnable task) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.idle = lock.newCondition();
        this.name = name;
        this.task = task;
    }

    /** Makes the task run, once more if it is running. */
    public void wake() {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            if (thread == null) {
                start();
            } else {
                again = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        thread = runtime.start(name, this::run);
    }

    /** One run on each thread: whatever the task leaves behind, an exception or an interrupt, the next one is safe. */
    private void run() {
        try {
            task.run();
        } finally {
            lock.lock();
            try {
                thread = null;
                if (again) {
                    again = false;
                    start();
                } else {
                    idle.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return whether nothing runs} */
    public boolean isIdle() {
        lock.lock();
        try {
            return thread == null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the calling thread is this worker's} */
    public boolean isCurrent() {
        lock.lock();
        try {
            return thread == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the task, unless it is the task itself that calls, and lets no other run start. */
    public void interrupt() {
        lock.lock();
        try {
            stopped = true;
            again = false;
            if (thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether it was interrupted: the task should do no more} */
    public boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing runs. Does not wait for the calling thread itself.
     *
     * @param deadlineNs by {@link ClientRuntime#nanoTime()}
     * @return whether nothing runs
     * @throws InterruptedException if the thread is interrupted
     */
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
}
