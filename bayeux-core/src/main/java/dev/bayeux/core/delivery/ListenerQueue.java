package dev.bayeux.core.delivery;

import dev.bayeux.api.Overflow;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes elements to the program's listeners, in order, on a thread that exists while elements wait. While a listener blocks,
 * only the newest elements are kept.
 */
public final class ListenerQueue<E> implements Worker.Task {

    private final String clientName;
    private final String what;
    private final List<Consumer<? super E>> listeners;
    private final BoundedQueue<E> queue;
    private final Worker worker;

    /**
     * Makes an empty queue. {@code what} names the elements in one word, for the thread and the log; {@code listeners} may
     * change.
     */
    public ListenerQueue(ClientRuntime runtime, String clientName, String what, int most,
            List<Consumer<? super E>> listeners) {
        this.clientName = clientName;
        this.what = what;
        this.listeners = listeners;
        this.queue = new BoundedQueue<>(runtime, most, Overflow.DROP_OLDEST);
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-" + what);
    }

    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Adds an element. Never waits and never calls a listener. */
    public void add(E element) {
        queue.add(element, false);
        worker.wake(this);
    }

    @Override
    public void work() {
        for (E next = queue.poll(); next != null && !worker.isStopped(); next = queue.poll()) {
            long dropped = queue.takeUnreported();
            if (dropped > 0) {
                warn("%d %s were dropped, since the listeners are too slow".formatted(dropped, what), null);
            }
            for (Consumer<? super E> listener : listeners) {
                report(listener, next);
            }
        }
    }

    private void report(Consumer<? super E> listener, E element) {
        try {
            listener.accept(element);
        } catch (Throwable failed) {
            warn("a listener for %s failed".formatted(what), failed);
        }
        // The interrupt status that one listener leaves set must not reach the next listener.
        Thread.interrupted();
    }

    private void warn(String text, @Nullable Throwable failed) {
        ClientLog.warn(clientName + ": " + text, failed);
    }

    public Worker worker() {
        return worker;
    }
}
