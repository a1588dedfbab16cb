package dev.bayeux.core;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells the program what became of its messages, one after the other, on the thread "results": whatever it hangs on a
 * future runs where that is completed.
 */
final class OutboxResults {

    private final ReentrantLock lock;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Worker worker;

    OutboxResults(ClientRuntime runtime, String clientName) {
        this.lock = runtime.newLock();
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-results", this::tellAll);
    }

    void tell(Runnable result) {
        lock.lock();
        try {
            waiting.addLast(result);
        } finally {
            lock.unlock();
        }
        worker.wake();
    }

    /** How many wait to be told. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isCurrent() {
        return worker.isCurrent();
    }

    /** Goes on when it is interrupted: that is for the program's code, which did not end by itself. */
    private void tellAll() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
            Thread.interrupted();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the program's code finish until the deadline, then interrupts it; nothing may be told after this. */
    void close(long deadlineNs) throws InterruptedException {
        boolean told = false;
        try {
            told = worker.awaitIdle(deadlineNs);
        } finally {
            if (!told) {
                worker.interrupt();
            }
        }
    }
}
