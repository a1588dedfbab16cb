package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which channel. Keeps what the program wants through all sessions, asks the server for it, and hands
 * deliveries to the queues of the subscribers. Its state is guarded by the session's lock.
 */
public final class Subscriptions {

    private final ClientRuntime runtime;
    private final String clientName;
    private final ReentrantLock lock;
    private final Uplink uplink;
    private final Events events;
    private final Payloads payloads;
    private final Map<String, WireSubscription> wires = new LinkedHashMap<>();
    private final Set<LocalSubscription<?>> locals = new LinkedHashSet<>();
    private final Finishing finishing = new Finishing();
    private final Intake intake = new Intake();
    private final Dispatcher dispatcher;

    /**
     * With no subscription yet.
     *
     * @param runtime for queues and threads
     * @param clientName for threads
     * @param lock the session's
     * @param uplink sends requests
     * @param events tells what nobody waits for
     * @param payloads binds data
     */
    public Subscriptions(ClientRuntime runtime, String clientName, ReentrantLock lock, Uplink uplink, Events events,
            Payloads payloads) {
        this.runtime = runtime;
        this.clientName = clientName;
        this.lock = lock;
        this.uplink = uplink;
        this.events = events;
        this.payloads = payloads;
        this.dispatcher = new Dispatcher(wires, events, intake, this::remove);
    }

    // What the program does

    /** A subscriber that is made and not yet known to the server. */
    public record Started<S extends Subscription>(S subscription, CompletableFuture<@Nullable Void> outcome) {}

    /** Registers a subscriber with a handler and asks the server for what it does not deliver yet (C-64). */
    public <T> Started<Subscription> start(List<String> channels, Type type, int queueLimit, Overflow overflow,
            MessageHandler<T> handler) {
        HandledSubscription<T> local = new HandledSubscription<>(runtime,
                new LocalSubscription.Wish(List.copyOf(channels), type, queueLimit, overflow), this, payloads, handler,
                clientName);
        return new Started<>(local, register(local));
    }

    /** Registers a subscriber that pulls. */
    public <T> Started<PullSubscription<T>> start(List<String> channels, Type type, int queueLimit,
            Overflow overflow) {
        PulledSubscription<T> local = new PulledSubscription<>(runtime,
                new LocalSubscription.Wish(List.copyOf(channels), type, queueLimit, overflow), this, payloads);
        return new Started<>(local, register(local));
    }

    private CompletableFuture<@Nullable Void> register(LocalSubscription<?> local) {
        lock.lock();
        try {
            uplink.checkWanted();
            for (String channel : new LinkedHashSet<>(local.channels())) {
                WireSubscription wire = wires.computeIfAbsent(channel, WireSubscription::new);
                wire.locals().add(local);
                local.wires().add(wire);
                if (wire.state() != SubscriptionState.ACTIVE && !wire.isUnderWay()) {
                    // Without a session it is asked for when there is one: with all others that are restored.
                    Request request = wire.ask();
                    if (uplink.isOpen()) {
                        uplink.send(request);
                    }
                }
            }
            locals.add(local);
            dispatcher.subscriptionsChanged();
            establishIfActive(local);
            return local.outcome();
        } finally {
            lock.unlock();
        }
    }

    void remove(LocalSubscription<?> local) {
        lock.lock();
        try {
            if (local.isClosed()) {
                return;
            }
            local.markClosed();
            intake.open(local);
            locals.remove(local);
            dispatcher.subscriptionsChanged();
            finishing.add(local);
            for (WireSubscription wire : local.wires()) {
                wire.locals().remove(local);
                if (wire.locals().isEmpty() && wires.remove(wire.channel(), wire) && wire.isSent()
                        && uplink.isOpen() && wire.state() != SubscriptionState.REJECTED) {
                    uplink.send(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, wire.channel()));
                }
            }
            uplink.subscriptionsChanged();
        } finally {
            lock.unlock();
        }
    }

    /** A queue that was full has room; unless it is full again by now. */
    void hasRoom(LocalSubscription<?> local) {
        lock.lock();
        try {
            if (!local.queue.isFull() && intake.open(local)) {
                events.tell(new ClientEvent.ReceivingResumed(local));
                uplink.subscriptionsChanged();
            }
        } finally {
            lock.unlock();
        }
    }

    SubscriptionState stateOf(LocalSubscription<?> local) {
        lock.lock();
        try {
            if (local.isClosed()) {
                return SubscriptionState.CLOSED;
            }
            SubscriptionState least = SubscriptionState.ACTIVE;
            for (WireSubscription wire : local.wires()) {
                if (wire.state() == SubscriptionState.REJECTED) {
                    return SubscriptionState.REJECTED;
                }
                least = wire.state() == SubscriptionState.REQUESTED ? SubscriptionState.REQUESTED : least;
            }
            return least;
        } finally {
            lock.unlock();
        }
    }

    Optional<SubscribeException> failureOf(LocalSubscription<?> local) {
        lock.lock();
        try {
            return local.wires().stream().filter(wire -> wire.state() == SubscriptionState.REJECTED)
                    .map(WireSubscription::failure).findFirst();
        } finally {
            lock.unlock();
        }
    }

    void tell(ClientEvent event) {
        events.tell(event);
    }

    /** {@return all that are not closed, in the order in which they were made} */
    public List<Subscription> all() {
        lock.lock();
        try {
            return List.copyOf(locals);
        } finally {
            lock.unlock();
        }
    }

    // What the session does; its lock is held

    /** {@return whether the server may be asked for more} */
    public Intake intake() {
        return intake;
    }

    /** {@return whether the server has accepted everything} */
    public boolean allActive() {
        return wires.values().stream().allMatch(wire -> wire.state() == SubscriptionState.ACTIVE);
    }

    /** {@return requests for all, each once (C-71)} */
    public List<Request> restore() {
        return wires.values().stream().filter(WireSubscription::isSent).map(WireSubscription::ask).toList();
    }

    /** Takes the server's yes. */
    public void accepted(Request request) {
        WireSubscription wire = wires.get(request.body());
        if (wire != null && wire.isFor(request)) {
            wire.accepted();
            wire.locals().forEach(this::establishIfActive);
        }
    }

    private void establishIfActive(LocalSubscription<?> local) {
        if (local.wires().stream().allMatch(wire -> wire.state() == SubscriptionState.ACTIVE)) {
            local.establish();
        }
    }

    /** Takes the server's no, or the news that its answer will not come (C-65, C-72). */
    public void refused(Request request, BayeuxException cause) {
        WireSubscription wire = wires.get(request.body());
        if (wire == null || !wire.isFor(request)) {
            return;
        }
        SubscribeException failure = new SubscribeException(cause.kind(), wire.channel(),
                "No subscription to %s. %s".formatted(wire.channel(), cause.getMessage()), cause);
        wire.rejected(failure);
        List<LocalSubscription<?>> durable = wire.locals().stream().filter(LocalSubscription::isEstablished).toList();
        if (durable.isEmpty()) {
            wires.remove(wire.channel());
            dispatcher.subscriptionsChanged();
            boolean unknown = !(cause instanceof RefusedException || cause instanceof HeldBackException);
            if (unknown && uplink.isOpen()) {
                // The answer was lost, and it may have been a yes: the server shall not send to nobody.
                uplink.send(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, wire.channel()));
            }
        }
        wire.locals().stream().filter(local -> !local.isEstablished()).forEach(local -> local.fail(failure));
        durable.forEach(local -> events.tell(new ClientEvent.SubscriptionRejected(local, failure)));
    }

    /** The session that knew them is gone, and another is being made. */
    public void sessionLost() {
        wires.values().forEach(WireSubscription::forgotten);
    }

    /** There is no session any more: who waits for an answer gets none, who waits for messages is told. */
    public void sessionEnded(Supplier<? extends BayeuxException> why) {
        for (WireSubscription wire : List.copyOf(wires.values())) {
            wire.forgotten();
            if (wire.locals().stream().noneMatch(LocalSubscription::isEstablished)) {
                wires.remove(wire.channel());
                dispatcher.subscriptionsChanged();
            }
        }
        locals.stream().filter(local -> !local.isEstablished()).forEach(local -> local.fail(why.get()));
        locals.forEach(local -> local.disconnected(why::get));
    }

    /** A session is being made. */
    public void connecting() {
        locals.forEach(LocalSubscription::connecting);
    }

    /**
     * Hands a delivery to each subscriber that matches, once (C-78).
     *
     * @param message has a channel and data
     * @return whether anybody listens
     */
    public boolean dispatch(IncomingMessage message) {
        return dispatcher.dispatch(message);
    }

    /** Tells of what was dropped since the last call, once for all messages of a reply. */
    public void tellDropped() {
        dispatcher.tellDropped();
    }

    // The end

    /** Lets handlers finish until the deadline, then stops them; after that nothing of a subscription runs. */
    public void close(long deadlineNs) {
        List<LocalSubscription<?>> ending = new ArrayList<>();
        lock.lock();
        try {
            locals.forEach(LocalSubscription::markClosed);
            ending.addAll(locals);
            ending.addAll(finishing.takeAll());
            locals.clear();
            wires.clear();
            dispatcher.subscriptionsChanged();
        } finally {
            lock.unlock();
        }
        Finishing.end(ending, deadlineNs);
    }
}
