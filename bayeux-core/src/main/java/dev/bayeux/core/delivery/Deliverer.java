package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Routes;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds deliveries to the queues of the subscribers. The client's loop calls it, one effect at a time. */
public final class Deliverer {

    private final ClientRuntime runtime;
    private final ClientLoop loop;
    private final Routes routes;
    private final Events events;
    private final Set<CoreSubscription<?>> overflown = new LinkedHashSet<>();

    public Deliverer(ClientRuntime runtime, ClientLoop loop, Routes routes, Events events) {
        this.runtime = runtime;
        this.loop = loop;
        this.routes = routes;
        this.events = events;
    }

    /** Adds each delivery once to the queue of each subscriber of its channel (C-78). */
    public void deliver(Effect.Deliver effect) {
        boolean timed = events.observer().timesDeliveries();
        long number = effect.firstNumber();
        for (int n = effect.from(); n < effect.to(); n++) {
            IncomingMessage message = effect.messages().get(n);
            Delivery delivery = null;
            List<Subscriber> subscribers = routes.of(String.valueOf(message.channel()));
            for (int each = 0; each < subscribers.size(); each++) {
                CoreSubscription<?> subscription = (CoreSubscription<?>) subscribers.get(each).subscription();
                if (!subscription.isClosed()) {
                    delivery = delivery != null
                            ? delivery
                            : timed
                                    ? new Delivery.Timestamped(number, message, runtime.nanoTime())
                                    : new Delivery(number, message);
                    offer(subscription, delivery, effect.mayExceed());
                }
            }
            number++;
        }
    }

    private void offer(CoreSubscription<?> subscription, Delivery delivery, boolean mayExceed) {
        switch (subscription.offer(delivery, mayExceed)) {
            case ADDED -> {
                // The message was added.
            }
            case FILLED -> {
                subscription.paused();
                loop.accept(new Input.QueueFull(subscription.subscriber()));
            }
            case DROPPED -> overflown.add(subscription);
            case FULL -> {
                subscription.markClosed();
                loop.accept(new Input.Leave(subscription.subscriber(), false));
                events.report(new ClientEvent.SubscriptionOverflowed(subscription));
            }
        }
    }

    /** Reports the messages that full queues have dropped since the last call, with one event for each reply. */
    public void reportDropped() {
        if (!overflown.isEmpty()) {
            overflown.forEach(
                    subscription -> events.report(
                            new ClientEvent.MessagesDropped(subscription, subscription.queue.takeUnreported())));
            overflown.clear();
        }
    }
}
