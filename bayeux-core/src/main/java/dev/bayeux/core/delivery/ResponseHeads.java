package dev.bayeux.core.delivery;

import dev.bayeux.api.Overflow;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.core.runtime.ClientRuntime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes the heads of HTTP responses to the program's listeners, in order, on the thread {@code -responses}. */
public final class ResponseHeads implements Worker.Task {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    /** The most heads that wait for a slow listener; a server may send 256 KiB of headers with each response. */
    private static final int WAITING = 128;

    private final String clientName;
    private final List<Consumer<? super ResponseHead>> listeners;
    private final BoundedQueue<ResponseHead> queue;
    private final Worker worker;

    /**
     * Makes the queue of one client. Without listeners it makes no heads.
     *
     * @param runtime starts the thread
     * @param clientName for the thread and the log
     * @param listeners of the program
     */
    public ResponseHeads(ClientRuntime runtime, String clientName, List<Consumer<? super ResponseHead>> listeners) {
        this.clientName = clientName;
        this.listeners = listeners;
        this.queue = new BoundedQueue<>(runtime, WAITING, Overflow.DROP_OLDEST);
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-responses");
    }

    /**
     * Reports a response. Never waits and never calls a listener.
     *
     * @param uri the address that was asked
     * @param status the HTTP status
     * @param headers as they came
     */
    public void add(URI uri, int status, Map<String, List<String>> headers) {
        if (!listeners.isEmpty()) {
            queue.add(ResponseHead.of(uri, status, headers), false);
            worker.wake(this);
        }
    }

    @Override
    public void work() {
        for (ResponseHead head = queue.poll(); head != null && !worker.isStopped(); head = queue.poll()) {
            long dropped = queue.takeUnreported();
            if (dropped > 0) {
                warn("%d responses were not reported, since the listeners are too slow".formatted(dropped), null);
            }
            for (Consumer<? super ResponseHead> listener : listeners) {
                report(listener, head);
            }
        }
    }

    private void report(Consumer<? super ResponseHead> listener, ResponseHead head) {
        try {
            listener.accept(head);
        } catch (Throwable failed) {
            warn("a listener for responses failed", failed);
        }
        // The interrupt status that one listener leaves set must not reach the next listener.
        Thread.interrupted();
    }

    private void warn(String text, @Nullable Throwable failed) {
        try {
            LOG.log(System.Logger.Level.WARNING, clientName + ": " + text, failed);
        } catch (Throwable logFailed) {
            // The log itself has failed.
        }
    }

    /** {@return the thread of the listeners} */
    public Worker worker() {
        return worker;
    }
}
