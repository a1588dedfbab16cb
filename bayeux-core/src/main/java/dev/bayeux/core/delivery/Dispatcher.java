package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Hands deliveries to the queues of those who listen. Guarded by the session's lock. */
final class Dispatcher {

    private final ClientRuntime runtime;
    private final Routes routes;
    private final Events events;
    private final Intake intake;
    private final Consumer<LocalSubscription<?>> close;
    private final Set<LocalSubscription<?>> overflown = new LinkedHashSet<>();
    private long last;

    /**
     * Over subscriptions that change.
     *
     * @param runtime tells the time
     * @param routes finds who listens
     * @param events tells of what was dropped
     * @param intake is closed by a queue that is full
     * @param close ends a subscription whose queue is full, if it wanted that
     */
    Dispatcher(ClientRuntime runtime, Routes routes, Events events, Intake intake,
            Consumer<LocalSubscription<?>> close) {
        this.runtime = runtime;
        this.routes = routes;
        this.events = events;
        this.intake = intake;
        this.close = close;
    }

    /** Hands a delivery to each subscriber that matches, once (C-78); {@code false} if there is none. */
    boolean dispatch(IncomingMessage message) {
        last++;
        Delivery delivery = events.observer().timesDeliveries()
                ? new Delivery.Watched(last, message, runtime.nanoTime())
                : new Delivery(last, message);
        List<LocalSubscription<?>> matching = routes.of(delivery.channel());
        matching.forEach(local -> track(local, delivery));
        for (LocalSubscription<?> local : matching) {
            switch (local.offer(delivery, !intake.isForced())) {
                case ADDED -> {
                    // As it should be.
                }
                case FILLED -> {
                    intake.close(local);
                    local.paused();
                    events.tell(new ClientEvent.ReceivingPaused(local));
                }
                case DROPPED -> overflown.add(local);
                case FULL -> {
                    close.accept(local);
                    events.tell(new ClientEvent.SubscriptionOverflowed(local));
                }
            }
        }
        return !matching.isEmpty();
    }

    private static void track(LocalSubscription<?> local, Delivery delivery) {
        for (WireSubscription wire : local.wires()) {
            PositionTrack track = wire.track();
            if (track != null && wire.matches(delivery.channel())) {
                track.arrived(delivery);
            }
        }
    }

    /** The number of the last delivery. */
    long last() {
        return last;
    }

    /** Tells of what was dropped since the last call, once for all messages of a reply. */
    void tellDropped() {
        overflown.forEach(local -> events.tell(new ClientEvent.MessagesDropped(local, local.queue.takeUntold())));
        overflown.clear();
    }
}
