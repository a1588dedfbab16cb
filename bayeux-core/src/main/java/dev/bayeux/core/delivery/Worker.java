package dev.bayeux.core.delivery;

import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.runtime.OwnedThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task while there is work, so that an idle client costs no thread. Runs never overlap, and no call of {@link #wake} is
 * lost. The task runs on a virtual thread, or on an executor of the program. A virtual thread calls that executor, which may
 * block or run the task itself, and calls it again after a wait if it throws.
 */
public final class Worker implements OwnedThreads {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The work of a worker: the same at each call of {@link #wake}. */
    public interface Task {

        /** Does all the work that there is, then returns. */
        void work();

        /** Receives an exception of the program's executor, which is called again after 1 s, 2 s and so on up to 30 s. */
        default void notStarted(Throwable failure) {
            // A virtual thread can always be started.
        }
    }

    private final ClientRuntime runtime;
    private final String name;
    private final @Nullable Executor executor;
    private final ReentrantLock lock;
    private final Condition changed;
    /** Whether a run is scheduled or in progress. */
    private volatile boolean scheduled;
    /** The thread that runs the task. */
    private volatile @Nullable Thread thread;
    /** The thread that calls the program's executor. */
    private @Nullable Thread starter;
    /** What the last call of {@link #wake} asked for. */
    private @Nullable Task task;
    private boolean again;
    private volatile boolean stopped;
    private boolean interrupted;
    private boolean refused;
    private long run;

    /** Makes a worker that runs on virtual threads. */
    public Worker(ClientRuntime runtime, String name) {
        this(runtime, name, null);
    }

    /**
     * Makes a worker that may run on an executor of the program; {@code name} is that of the thread that calls the executor.
     */
    public Worker(ClientRuntime runtime, String name, @Nullable Executor executor) {
        this.runtime = runtime;
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.name = name;
        this.executor = executor;
    }

    /** Runs a task, the same at each call, or runs it once more if it is running. */
    public void wake(Task newTask) {
        lock.lock();
        try {
            task = newTask;
            schedule(newTask);
        } finally {
            lock.unlock();
        }
    }

    /** Runs the task once more, unless it was never run. */
    public void wakeAgain() {
        lock.lock();
        try {
            if (task != null) {
                schedule(task);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Task next) {
        if (stopped) {
            return;
        }
        if (scheduled) {
            again = thread != null || again;
        } else {
            start(next);
        }
    }

    private void start(Task next) {
        scheduled = true;
        refused = false;
        run++;
        long number = run;
        if (executor == null) {
            thread = runtime.start(name, () -> run(next, number));
        } else {
            starter = runtime.start(name, () -> handOver(executor, next, number));
        }
    }

    /** Runs the task once on this thread, so that an exception or interrupt of one run cannot affect the next. */
    private void run(Task next, long number) {
        if (!begins(number)) {
            return;
        }
        try {
            next.work();
        } finally {
            end(next);
        }
    }

    /** Begins a run once, even if the executor runs it twice or late. */
    private boolean begins(long number) {
        lock.lock();
        try {
            // A virtual thread always runs; the task itself asks whether it was stopped.
            if (executor != null && (number != run || !scheduled || thread != null || stopped)) {
                return false;
            }
            thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end(Task ended) {
        lock.lock();
        try {
            thread = null;
            starter = null;
            scheduled = false;
            if (interrupted) {
                // The interrupt was for the task, not for the executor's thread.
                interrupted = false;
                Thread.interrupted();
            }
            if (again) {
                again = false;
                start(ended);
            } else {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls the program's executor until it takes the task; queued messages wait meanwhile. */
    private void handOver(Executor to, Task next, long number) {
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                to.execute(() -> run(next, number));
                return;
            } catch (Throwable failure) {
                next.notStarted(failure);
            }
            // An interrupt of the executor must not end the wait.
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

    public boolean isIdle() {
        return !scheduled;
    }

    @Override
    public boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** Interrupts the task, unless the task itself calls, and allows no further run. */
    @Override
    public void interrupt() {
        lock.lock();
        try {
            stopped = true;
            again = false;
            if (thread == null) {
                // The run has not begun and will not.
                scheduled = false;
                if (starter != null) {
                    starter.interrupt();
                }
            } else {
                interruptRun();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the run in progress, unless the task itself calls this method. Later runs are not affected. */
    public void interruptRun() {
        lock.lock();
        try {
            Thread running = thread;
            if (running != null && running != Thread.currentThread()) {
                interrupted = executor != null;
                running.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the worker was interrupted, so that the task should end} */
    public boolean isStopped() {
        return stopped;
    }

    /** Waits until no run is in progress; does not wait for an executor that rejects the task. */
    @Override
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
