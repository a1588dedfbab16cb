package dev.bayeux.kafka.task;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the client's events to the worker's log and counts them. The client itself logs to {@link System.Logger}, which
 * does not reach a worker's log from within a plugin.
 */
final class ClientWatch implements Consumer<ClientEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.bayeux.kafka.client");

    private final String task;
    private final Consumer<ClientEvent> more;
    private final AtomicLong sessions;
    private final AtomicLong refusals;
    private volatile boolean connected;

    /** Makes a consumer that counts events in metrics and passes each one on. */
    ClientWatch(String task, TaskMetrics metrics, Consumer<ClientEvent> more) {
        this.task = task;
        this.more = more;
        metrics.gauge("connected", "1 while the client is connected, 0 otherwise", () -> connected ? 1 : 0);
        this.sessions = metrics.counter("sessions", "How many sessions the task has had");
        this.refusals = metrics.counter("refusals", "How many subscriptions and records were refused");
    }

    @Override
    public void accept(ClientEvent event) {
        switch (event) {
            case ClientEvent.StateChanged change -> state(change.before(), change.now());
            case ClientEvent.SessionRenewed renewed -> {
                sessions.incrementAndGet();
                LOG.info("{}: a new session replaces one that was lost.", task);
            }
            case ClientEvent.EndpointChanged change ->
                LOG.info("{}: continues with the server at {} instead of {}.", task,
                        change.now(), change.before());
            case ClientEvent.ReceivingPaused paused ->
                LOG.info("{}: the queue of {} is full; the client stops asking the server for more.",
                        task, paused.subscription().channels());
            case ClientEvent.ReceivingResumed resumed -> LOG.info("{}: the queue of {} has room again.", task,
                    resumed.subscription().channels());
            case ClientEvent.SubscriptionRejected rejected -> {
                refusals.incrementAndGet();
                LOG.warn("{}: {}", task, rejected.cause().getMessage());
            }
            case ClientEvent.ReplayGap gap -> LOG.debug("{}: {}", task, gap.cause().getMessage());
            case ClientEvent.Failure failure -> LOG.warn("{}: {}", task, failure.cause().getMessage());
            default -> LOG.info("{}: {}", task, event);
        }
        more.accept(event);
    }

    private void state(ClientState before, ClientState now) {
        LOG.debug("{}: {} after {}.", task, now.status(), before.status());
        if (now.isConnected() && !connected) {
            LOG.info("{}: connected to {} over {}.", task, now.endpoint().map(Object::toString).orElse("the server"),
                    now.transport().orElse("its transport"));
            sessions.compareAndSet(0, 1);
        }
        connected = now.isConnected();
    }

    /** Counts a refusal that no event reports. */
    void refused() {
        refusals.incrementAndGet();
    }
}
