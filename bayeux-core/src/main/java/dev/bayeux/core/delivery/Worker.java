package dev.bayeux.core.delivery;

import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task while there is something to do: an idle client costs no thread. Runs never overlap, and a call of {@link #wake}
 * is never lost. The task runs on a virtual thread of its own, or on an executor of the program: that one is called on a
 * virtual thread, so that it may block or run the task at once, and called once more after a wait if it throws.
 */
public final class Worker {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ClientRuntime runtime;
    private final String name;
    private final Runnable task;
    private final @Nullable Executor executor;
    private final Consumer<? super Throwable> rejected;
    private final ReentrantLock lock;
    private final Condition changed;
    /** Whether a run is wanted that has not ended, or not begun. */
    private boolean scheduled;
    /** On which the task runs. */
    private @Nullable Thread thread;
    /** Which calls the program's executor. */
    private @Nullable Thread starter;
    private boolean again;
    private boolean stopped;
    private boolean interrupted;
    private boolean refused;
    private long run;

    /**
     * Starts nothing yet.
     *
     * @param runtime starts the thread
     * @param name of the thread
     * @param task does all there is to do, then returns
     */
    public Worker(ClientRuntime runtime, String name, Runnable task) {
        this(runtime, name, task, null, failure -> {
            // A virtual thread can always be started.
        });
    }

    /**
     * The same on an executor of the program.
     *
     * @param runtime starts threads
     * @param name of the thread that calls the executor, or on which the task runs if there is none
     * @param task does all there is to do, then returns
     * @param executor runs the task, {@code null} for a virtual thread
     * @param rejected told what the executor throws; the task is then handed over again, after 1 s, 2 s and so on up to 30 s
     */
    public Worker(ClientRuntime runtime, String name, Runnable task, @Nullable Executor executor,
            Consumer<? super Throwable> rejected) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.name = name;
        this.task = task;
        this.executor = executor;
        this.rejected = rejected;
    }

    /** Makes the task run, once more if it is running. */
    public void wake() {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            if (scheduled) {
                again = thread != null || again;
            } else {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        scheduled = true;
        refused = false;
        run++;
        long number = run;
        if (executor == null) {
            thread = runtime.start(name, () -> run(number));
        } else {
            starter = runtime.start(name, () -> handOver(executor, number));
        }
    }

    /** One run on each thread: whatever the task leaves behind, an exception or an interrupt, the next one is safe. */
    private void run(long number) {
        if (!begins(number)) {
            return;
        }
        try {
            task.run();
        } finally {
            end();
        }
    }

    /** An executor may run what it was given twice, or late; each run is begun once. */
    private boolean begins(long number) {
        lock.lock();
        try {
            // A virtual thread of ours runs in any case: what it runs looks whether it is stopped.
            if (executor != null && (number != run || !scheduled || thread != null || stopped)) {
                return false;
            }
            thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            thread = null;
            starter = null;
            scheduled = false;
            if (interrupted) {
                // Meant for the task, not for what the program's thread does next.
                interrupted = false;
                Thread.interrupted();
            }
            if (again) {
                again = false;
                start();
            } else {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What waits in queues stays there until the program's executor takes the task. */
    private void handOver(Executor to, long number) {
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                to.execute(() -> run(number));
                return;
            } catch (Throwable failure) {
                rejected.accept(failure);
            }
            // The executor is code of the program, and its interrupts are not meant for the wait.
            Thread.interrupted();
            if (!isStillWanted(number, wait)) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
    }

    /** Waits for the next attempt; {@code false} if there is none, since the worker was stopped or the task runs after all. */
    private boolean isStillWanted(long number, Duration wait) {
        long untilNs = runtime.after(wait);
        lock.lock();
        try {
            refused = true;
            changed.signalAll();
            while (!stopped && number == run && scheduled && thread == null) {
                long left = untilNs - runtime.nanoTime();
                if (left <= 0) {
                    refused = false;
                    return true;
                }
                changed.awaitNanos(left);
            }
            return false;
        } catch (InterruptedException stop) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether nothing runs} */
    public boolean isIdle() {
        lock.lock();
        try {
            return !scheduled;
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
            if (thread == null) {
                // Not begun, and not to be.
                scheduled = false;
                if (starter != null) {
                    starter.interrupt();
                }
            } else if (thread != Thread.currentThread()) {
                interrupted = executor != null;
                thread.interrupt();
            }
            changed.signalAll();
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
     * Waits until nothing runs. Does not wait for the calling thread itself, nor for an executor that takes nothing.
     *
     * @param deadlineNs by {@link ClientRuntime#nanoTime()}
     * @return whether nothing runs
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (scheduled && thread != Thread.currentThread()) {
                if (refused && thread == null || changed.awaitNanos(deadlineNs - runtime.nanoTime()) <= 0) {
                    return !scheduled;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
