package dev.bayeux.core.observe;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics.Exchange;
import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a client does to Java Flight Recorder and to the program's metrics. Without a recording and metrics each
 * method reads one field and allocates nothing.
 */
public final class Observer {

    /** False in an image without the module jdk.jfr; then no class that needs the module may be loaded. */
    private static final boolean FLIGHT = isFlightThere();

    private final ClientRuntime runtime;
    private final String client;
    private final @Nullable ClientMetrics metrics;
    private final AtomicBoolean failed = new AtomicBoolean();
    /** The failure of the last {@link ClientEvent.AttemptFailed} since the last change of the state. */
    private volatile @Nullable Throwable attemptFailure;

    public Observer(ClientRuntime runtime, String client, @Nullable ClientMetrics metrics) {
        this.runtime = runtime;
        this.client = client;
        this.metrics = metrics;
    }

    private static boolean isFlightThere() {
        try {
            Class<?> event = Class.forName("jdk.jfr.Event", false, Observer.class.getClassLoader());
            return Observer.class.getModule().canRead(event.getModule());
        } catch (ClassNotFoundException | LinkageError leftOut) {
            return false;
        }
    }

    /** Loads the recorder with the first recording only, since loading it takes a noticeable part of a program's start. */
    private static boolean isRecorded() {
        return FLIGHT && FlightRecorder.isInitialized();
    }

    /** Begins to time a connect call of the program; {@code null} if nothing observes it. */
    public @Nullable Timed connect() {
        return isRecorded() ? Flight.connect(client) : null;
    }

    /** Begins to time an exchange with the server; {@code null} if nothing observes it. */
    public @Nullable Timed exchange(Exchange exchange, String connectionType) {
        Timed flight = isRecorded() ? Flight.exchange(exchange, client, connectionType) : null;
        if (metrics == null) {
            return flight;
        }
        long beganNs = runtime.nanoTime();
        return failure -> {
            Timed.end(flight, failure);
            report(metrics -> metrics.exchanged(client, exchange, connectionType, runtime.nanoTime() - beganNs,
                    failure == null));
        };
    }

    /** Begins to time a publish or a call; {@code null} if nothing observes it. */
    public @Nullable Timed publish(String channel) {
        Timed flight = isRecorded() ? Flight.publish(client, channel) : null;
        return metrics == null ? flight : new TimedPublish(flight, channel);
    }

    /** Stops the clock on the thread that receives the reply, and reports on another thread. */
    private final class TimedPublish implements Timed {

        private final @Nullable Timed flight;
        private final String channel;
        private final long beganNs = runtime.nanoTime();
        private volatile @Nullable Long nanos;

        TimedPublish(@Nullable Timed flight, String channel) {
            this.flight = flight;
            this.channel = channel;
        }

        @Override
        public void stop() {
            nanos = runtime.nanoTime() - beganNs;
            if (flight != null) {
                flight.stop();
            }
        }

        @Override
        public void end(@Nullable Throwable failure) {
            Long measured = nanos;
            long lastedNs = measured == null ? runtime.nanoTime() - beganNs : measured;
            Timed.end(flight, failure);
            Outcome outcome = failure instanceof PublishException known
                    ? known.outcome()
                    : failure == null ? null : Outcome.UNKNOWN;
            report(metrics -> metrics.published(client, channel, lastedNs, outcome));
        }
    }

    /** {@return whether metrics or a recording measure how long deliveries wait} */
    public boolean timesDeliveries() {
        return metrics != null || isRecorded() && Flight.recordsDeliveries();
    }

    /** Reports a delivery that a thread of the program takes. */
    public void pulled(String channel, long arrivedNs) {
        long lagNs = runtime.nanoTime() - arrivedNs;
        if (isRecorded()) {
            Timed.end(Flight.delivery(client, channel, lagNs, false), null);
        }
        report(metrics -> metrics.delivered(client, channel, lagNs));
    }

    /** Begins to time a delivery to a handler or to a subscriber of a publisher. */
    public Timed handled(String channel, long arrivedNs) {
        long beganNs = runtime.nanoTime();
        Timed flight = isRecorded() ? Flight.delivery(client, channel, beganNs - arrivedNs, true) : null;
        report(metrics -> metrics.delivered(client, channel, beganNs - arrivedNs));
        return failure -> {
            Timed.end(flight, failure);
            report(metrics -> metrics.handled(client, channel, runtime.nanoTime() - beganNs, failure != null));
        };
    }

    /** Records an event of the client. Called with the loop's lock, so the program's metrics do not receive it here. */
    public void record(ClientEvent event) {
        Throwable reason = switch (event) {
            // The state of a session that replaces a lost one has no failure, so the event brings it.
            case ClientEvent.AttemptFailed failed -> {
                attemptFailure = failed.cause();
                yield failed.cause();
            }
            case ClientEvent.StateChanged changed -> takeReason(changed.now());
            default -> null;
        };
        if (isRecorded()) {
            Flight.record(client, event, reason);
        }
    }

    /** Keeps the failed attempt that is reported right before the state it leads to. */
    private @Nullable Throwable takeReason(ClientState now) {
        Throwable reason = attemptFailure;
        attemptFailure = null;
        return now.isConnected() || now.isDisconnected() ? null : reason;
    }

    /** Passes an event to the program's metrics, on the thread of the listeners. */
    public void report(ClientEvent event) {
        report(metrics -> metrics.happened(client, event));
    }

    public boolean hasMetrics() {
        return metrics != null;
    }

    /** Calls the program's metrics; nothing that they throw may end the protocol's thread. */
    private void report(Consumer<ClientMetrics> call) {
        if (metrics == null) {
            return;
        }
        try {
            call.accept(metrics);
        } catch (Throwable thrown) {
            if (!failed.getAndSet(true)) {
                ClientLog.warn(client + ": the metrics failed; later failures are not logged", thrown);
            }
        }
    }
}
