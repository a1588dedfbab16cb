package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.Overflow;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells the listeners what happens, or the log if there are none, on a thread of their own, in order. Telling never
 * waits and never runs the program's code, to which the log may belong: it is done with the session's lock.
 */
public final class Events {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    /** A listener that hangs must not make this grow. */
    private static final int WAITING = 1024;

    private final String clientName;
    private final List<Consumer<? super ClientEvent>> listeners;
    private final BoundedQueue<ClientEvent> queue;
    private final Worker worker;
    private final Observer observer;

    /**
     * With the listeners of the settings.
     *
     * @param runtime starts the thread
     * @param clientName for the thread and the log
     * @param listeners told from the beginning
     * @param observer told as well
     */
    public Events(ClientRuntime runtime, String clientName, List<Consumer<? super ClientEvent>> listeners,
            Observer observer) {
        this.observer = observer;
        this.clientName = clientName;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.queue = new BoundedQueue<>(runtime, WAITING, Overflow.DROP_OLDEST, () -> {});
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-events", this::tellAll);
    }

    /**
     * Adds a listener.
     *
     * @param listener told of what happens from now on
     * @return takes it away
     */
    public ListenerRegistration listen(Consumer<? super ClientEvent> listener) {
        // Wrapped, so that a listener that was added twice is taken away once.
        Consumer<ClientEvent> entry = listener::accept;
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    /**
     * Tells of something.
     *
     * @param event what
     */
    public void tell(ClientEvent event) {
        observer.record(event);
        queue.add(event, false);
        worker.wake();
    }

    private void log(ClientEvent event) {
        switch (event) {
            case ClientEvent.Failure failure -> LOG.log(System.Logger.Level.WARNING,
                    "%s: %s: %s".formatted(clientName, failure.getClass().getSimpleName(),
                            failure.cause().getMessage()),
                    failure instanceof ClientEvent.HandlerFailed ? failure.cause() : null);
            case ClientEvent.MessagesDropped dropped -> LOG.log(System.Logger.Level.WARNING,
                    "%s: the queue of %s is full; %d messages were dropped".formatted(clientName,
                            dropped.subscription().channels(), dropped.count()));
            case ClientEvent.SubscriptionOverflowed closed -> LOG.log(System.Logger.Level.WARNING,
                    "%s: the queue of %s is full; the subscription was closed".formatted(clientName,
                            closed.subscription().channels()));
            case ClientEvent.ReceivingPaused paused -> LOG.log(System.Logger.Level.WARNING,
                    "%s: the queue of %s is full; the server is not asked for more until it has room"
                            .formatted(clientName, paused.subscription().channels()));
            case ClientEvent.ReceivingResumed resumed -> LOG.log(System.Logger.Level.DEBUG,
                    "%s: the queue of %s has room again".formatted(clientName, resumed.subscription().channels()));
            case ClientEvent.StateChanged changed -> LOG.log(System.Logger.Level.DEBUG,
                    "%s: %s".formatted(clientName, changed.now().status()));
            case ClientEvent.SessionRenewed renewed -> LOG.log(System.Logger.Level.INFO,
                    "%s: a new session has taken the place of one that was lost".formatted(clientName));
            case ClientEvent.EndpointChanged changed -> LOG.log(System.Logger.Level.INFO,
                    "%s: goes on with %s instead of %s".formatted(clientName, changed.now(), changed.before()));
        }
    }

    private void tellAll() {
        for (ClientEvent event = queue.poll(); event != null && !worker.isStopped(); event = queue.poll()) {
            observer.tell(event);
            if (listeners.isEmpty()) {
                tell(this::log, event);
            }
            for (Consumer<? super ClientEvent> listener : listeners) {
                tell(listener, event);
            }
        }
    }

    private void tell(Consumer<? super ClientEvent> listener, ClientEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable failed) {
            try {
                LOG.log(System.Logger.Level.WARNING, clientName + ": a listener failed", failed);
            } catch (Throwable logFailed) {
                // Nobody is left who could be told.
            }
        }
        // An interrupt that one leaves behind is not meant for the next.
        Thread.interrupted();
    }

    /** {@return who sees inside the client} */
    public Observer observer() {
        return observer;
    }

    /** {@return the thread of the listeners} */
    public Worker worker() {
        return worker;
    }
}
