package dev.bayeux.core.observe;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics.Exchange;
import dev.bayeux.api.ClientState;
import org.jspecify.annotations.Nullable;

/**
 * Makes events for Java Flight Recorder while a recording runs. Only this class of the package is loaded from outside, and
 * only if the module jdk.jfr exists. {@code isEnabled} answers for the whole class of an event, so one instance of each
 * class is kept for that question.
 */
final class Flight {

    private static final FlightEvent.Connect CONNECT = new FlightEvent.Connect();
    private static final ExchangeEvent HANDSHAKE = new ExchangeEvent.Handshake();
    private static final ExchangeEvent POLL = new ExchangeEvent.Poll();
    private static final ExchangeEvent SEND = new ExchangeEvent.Send();
    private static final FlightEvent.Publish PUBLISH = new FlightEvent.Publish();
    private static final FlightEvent.Delivery DELIVERY = new FlightEvent.Delivery();
    private static final InstantEvent STATE = new InstantEvent.State();
    private static final InstantEvent RETRY = new InstantEvent.Retry();
    private static final InstantEvent DROP = new InstantEvent.Drop();
    private static final InstantEvent FAILURE = new InstantEvent.Failure();

    private Flight() {
    }

    private static Timed begin(FlightEvent event, String client) {
        event.client = client;
        event.begin();
        return event;
    }

    static @Nullable Timed connect(String client) {
        return CONNECT.isEnabled() ? begin(new FlightEvent.Connect(), client) : null;
    }

    static @Nullable Timed exchange(Exchange exchange, String client, String connectionType) {
        ExchangeEvent event = switch (exchange) {
            case HANDSHAKE -> HANDSHAKE.isEnabled() ? new ExchangeEvent.Handshake() : null;
            case CONNECT -> POLL.isEnabled() ? new ExchangeEvent.Poll() : null;
            case SEND -> SEND.isEnabled() ? new ExchangeEvent.Send() : null;
        };
        if (event == null) {
            return null;
        }
        event.connectionType = connectionType;
        return begin(event, client);
    }

    static @Nullable Timed publish(String client, String channel) {
        if (!PUBLISH.isEnabled()) {
            return null;
        }
        FlightEvent.Publish event = new FlightEvent.Publish();
        event.channel = channel;
        return begin(event, client);
    }

    static boolean recordsDeliveries() {
        return DELIVERY.isEnabled();
    }

    static @Nullable Timed delivery(String client, String channel, long lagNs, boolean handler) {
        if (!DELIVERY.isEnabled()) {
            return null;
        }
        FlightEvent.Delivery event = new FlightEvent.Delivery();
        event.channel = channel;
        event.lag = lagNs;
        event.handler = handler;
        return begin(event, client);
    }

    /** Records an event. {@code reason} is the failure that caused it, if the event is a change of the state. */
    static void record(String client, ClientEvent event, @Nullable Throwable reason) {
        switch (event) {
            case ClientEvent.StateChanged(ClientState before, ClientState now) -> {
                state(client, before, now, reason);
                if (now.failedAttempts() > before.failedAttempts()) {
                    retry(client, now);
                }
            }
            case ClientEvent.MessagesDropped dropped when DROP.isEnabled() -> {
                InstantEvent.Drop drop = new InstantEvent.Drop();
                drop.client = client;
                drop.channels = String.join(" ", dropped.subscription().channels());
                drop.messages = dropped.count();
                drop.commit();
            }
            case ClientEvent.Failure failed when FAILURE.isEnabled() -> {
                InstantEvent.Failure failure = new InstantEvent.Failure();
                failure.client = client;
                failure.kind = failed.getClass().getSimpleName();
                failure.end(failed.cause());
            }
            default -> {
                // A recording has no event for this one.
            }
        }
    }

    private static void state(String client, ClientState before, ClientState now, @Nullable Throwable reason) {
        if (STATE.isEnabled()) {
            InstantEvent.State state = new InstantEvent.State();
            state.client = client;
            state.before = before.status().name();
            state.now = now.status().name();
            Throwable last = now.lastFailure().orElse(null);
            state.end(last == null ? reason : last);
        }
    }

    private static void retry(String client, ClientState now) {
        if (RETRY.isEnabled()) {
            InstantEvent.Retry retry = new InstantEvent.Retry();
            retry.client = client;
            retry.attempt = now.failedAttempts();
            retry.nextAttempt = now.nextAttempt().orElse(now.since()).toEpochMilli();
            retry.end(now.lastFailure().orElse(null));
        }
    }
}
