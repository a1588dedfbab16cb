package dev.bayeux.core.outbox;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.runtime.OwnedThreads;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Completes the futures of an outbox, one after the other, on the thread "results": stages that depend on a future run
 * where it is completed. The thread exists while there are results, and no result is lost when it is interrupted.
 */
public final class OutboxResults implements OwnedThreads, Worker.Task {

    private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Worker worker;

    public OutboxResults(ClientRuntime runtime, String clientName) {
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-results");
    }

    public void add(Runnable result) {
        waiting.add(result);
        worker.wake(this);
    }

    /** {@return the number of results that are not reported yet} */
    public int size() {
        return waiting.size();
    }

    @Override
    public void work() {
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
                // An interrupt was for the program's code.
                Thread.interrupted();
            }
        } finally {
            if (!waiting.isEmpty()) {
                // An error, such as a lack of memory, has ended this thread: another one continues.
                worker.wake(this);
            }
        }
    }

    @Override
    public boolean isCurrent() {
        return worker.isCurrent();
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        return worker.awaitIdle(deadlineNs);
    }

    /** Interrupts the program's code that is running, unless that code itself calls. */
    @Override
    public void interrupt() {
        worker.interruptRun();
    }
}
