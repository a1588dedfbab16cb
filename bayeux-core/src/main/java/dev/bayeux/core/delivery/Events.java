package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.error.SafeText;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reports events to the log and to listeners, in order, on the thread {@code -events}. The caller holds the loop's lock, so
 * {@link #report} never waits, logs or calls a listener.
 */
public final class Events {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    /** The most events that are kept while a listener blocks. */
    private static final int WAITING = 1024;

    /** The first one serves the metrics and the log. */
    private final List<Consumer<? super ClientEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ListenerQueue<ClientEvent> queue;
    private final Observer observer;
    private final boolean logging;

    /**
     * Makes the events of one client.
     *
     * @param logging whether they are logged
     * @param withoutIds removes client ids from a text for the log: a channel may have one (C-135)
     */
    public Events(ClientRuntime runtime, String clientName, List<Consumer<? super ClientEvent>> listeners,
            Observer observer, boolean logging, UnaryOperator<String> withoutIds) {
        this.logging = logging;
        this.observer = observer;
        this.listeners.add(event -> {
            observer.report(event);
            if (isLogged(logging, event)) {
                log(clientName, event, withoutIds);
            }
        });
        this.listeners.addAll(listeners);
        this.queue = new ListenerQueue<>(runtime, clientName, "events", WAITING, this.listeners);
    }

    public ListenerRegistration listen(Consumer<? super ClientEvent> listener) {
        // Wrapped, so that removing a listener that was added twice removes it once.
        Consumer<ClientEvent> entry = listener::accept;
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    /** Reports an event. Without listeners, and if the log's level excludes the event, this only reads a few fields. */
    public void report(ClientEvent event) {
        observer.record(event);
        if (listeners.size() > 1 || observer.hasMetrics() || isLogged(logging, event)) {
            queue.add(event);
        }
    }

    private static boolean isLogged(boolean logging, ClientEvent event) {
        try {
            return logging && LOG.isLoggable(level(event));
        } catch (Throwable logFailed) {
            // The log may be the program's code, so only the thread of the listeners asks whether its level includes a text.
            return true;
        }
    }

    private static System.Logger.Level level(ClientEvent event) {
        return switch (event) {
            case ClientEvent.Failure failure -> System.Logger.Level.WARNING;
            case ClientEvent.MessagesDropped dropped -> System.Logger.Level.WARNING;
            case ClientEvent.SubscriptionOverflowed closed -> System.Logger.Level.WARNING;
            case ClientEvent.ReceivingPaused paused -> System.Logger.Level.WARNING;
            case ClientEvent.ReceivingResumed resumed -> System.Logger.Level.DEBUG;
            case ClientEvent.StateChanged changed -> System.Logger.Level.DEBUG;
            // A new session, a wait that the server asks for, another endpoint.
            default -> System.Logger.Level.INFO;
        };
    }

    private static void log(String clientName, ClientEvent event, UnaryOperator<String> withoutIds) {
        LOG.log(level(event), clientName + ": " + withoutIds.apply(text(event)),
                event instanceof ClientEvent.HandlerFailed failed ? failed.cause() : null);
    }

    private static String text(ClientEvent event) {
        return switch (event) {
            case ClientEvent.HandlerFailed failed -> "HandlerFailed on %s (attempt %d): %s".formatted(
                    SafeText.of(failed.channel()), failed.attempt(), SafeText.reason(failed.cause()));
            case ClientEvent.HandlerNotStarted refused -> "HandlerNotStarted on %s: %s".formatted(
                    SafeText.of(refused.channel()), SafeText.reason(refused.cause()));
            case ClientEvent.SubscriptionStopped stopped -> "SubscriptionStopped on %s: %s".formatted(
                    SafeText.of(stopped.channel()), SafeText.reason(stopped.cause()));
            case ClientEvent.ExtensionFailed failed -> "ExtensionFailed: %s: %s".formatted(
                    SafeText.of(failed.extension()), SafeText.reason(failed.cause()));
            case ClientEvent.Failure failure -> "%s: %s".formatted(failure.getClass().getSimpleName(),
                    SafeText.of(failure.cause().getMessage(), SafeText.MAX_MESSAGE_CHARACTERS));
            case ClientEvent.MessagesDropped dropped -> "the queue of %s is full; %d messages were dropped"
                    .formatted(dropped.subscription().channels(), dropped.count());
            case ClientEvent.SubscriptionOverflowed closed -> "the queue of %s is full; the subscription was closed"
                    .formatted(closed.subscription().channels());
            case ClientEvent.ReceivingPaused paused ->
                "the queue of %s is full; the server is not asked for more until it has room"
                        .formatted(paused.subscription().channels());
            case ClientEvent.ReceivingResumed resumed -> "the queue of %s has room again"
                    .formatted(resumed.subscription().channels());
            case ClientEvent.StateChanged changed -> String.valueOf(changed.now().status());
            case ClientEvent.SessionRenewed renewed -> "a new session has replaced the lost one";
            case ClientEvent.ServerAskedToWait asked -> "the server asks the client to wait for %s"
                    .formatted(asked.duration());
            case ClientEvent.EndpointChanged changed -> "continues with %s instead of %s".formatted(changed.now(),
                    changed.before());
            default -> event.toString();
        };
    }

    public Observer observer() {
        return observer;
    }

    public Worker worker() {
        return queue.worker();
    }
}
