package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which channel. Keeps what the program wants through all sessions, and hands deliveries to the queues of
 * the subscribers; what the server knows of it is in {@link WireSubscriptions}. Its state is guarded by the session's
 * lock.
 */
public final class Subscriptions {

    private final ClientRuntime runtime;
    private final String clientName;
    private final ReentrantLock lock;
    private final Uplink uplink;
    private final Events events;
    private final Payloads payloads;
    private final WireSubscriptions onWire;
    private final Set<LocalSubscription<?>> locals = new LinkedHashSet<>();
    private final Finishing finishing = new Finishing();
    private final Intake intake = new Intake();
    private final Dispatcher dispatcher;
    private final Replay replay;
    /** Whose threads are waited for. */
    private List<LocalSubscription<?>> ending = List.of();

    /**
     * With no subscription yet.
     *
     * @param runtime for queues and threads
     * @param clientName for threads
     * @param lock the session's
     * @param uplink sends requests
     * @param events tells what nobody waits for
     * @param payloads binds data
     * @param replay knows where subscriptions begin
     */
    public Subscriptions(ClientRuntime runtime, String clientName, ReentrantLock lock, Uplink uplink, Events events,
            Payloads payloads, Replay replay) {
        this.runtime = runtime;
        this.clientName = clientName;
        this.lock = lock;
        this.uplink = uplink;
        this.events = events;
        this.payloads = payloads;
        this.onWire = new WireSubscriptions(runtime, clientName, lock, uplink, events, replay);
        this.dispatcher = new Dispatcher(runtime, onWire.routes(), events, intake, this::remove);
        this.replay = replay;
    }

    // What the program does

    /** A subscriber that is made and not yet known to the server. */
    public record Started<S extends Subscription>(S subscription, CompletableFuture<@Nullable Void> outcome) {}

    /** Registers a subscriber with a handler and asks the server for what it does not deliver yet (C-64). */
    public <T> Started<Subscription> start(Wish wish, MessageHandler<T> handler) {
        HandledSubscription<T> local = new HandledSubscription<>(runtime, wish, this, payloads, handler, clientName);
        return new Started<>(local, register(local, replay.starts(wish)));
    }

    /** Registers a subscriber that pulls. */
    public <T> Started<PullSubscription<T>> start(Wish wish) {
        return startRead(wish, null);
    }

    /** Registers a subscriber that pulls on a thread of ours, if there is a reader. */
    <T> Started<PullSubscription<T>> startRead(Wish wish, @Nullable Worker reader) {
        PulledSubscription<T> local = new PulledSubscription<>(runtime, wish, this, payloads, reader);
        return new Started<>(local, register(local, replay.starts(wish)));
    }

    private CompletableFuture<@Nullable Void> register(LocalSubscription<?> local,
            Map<String, Position> starts) {
        lock.lock();
        try {
            uplink.checkWanted();
            starts.keySet().forEach(channel -> onWire.checkPlace(channel, local.wish()));
            local.handledUpTo(dispatcher.last());
            onWire.join(local, starts);
            locals.add(local);
            return local.outcome();
        } finally {
            lock.unlock();
        }
    }

    Observer observer() {
        return events.observer();
    }

    boolean countsHandled() {
        return replay.isOn();
    }

    void handled(LocalSubscription<?> local, Delivery delivery) {
        replay.handled(local, delivery);
    }

    /** Ends a subscriber in front of a message that it has not handled. */
    void stop(LocalSubscription<?> local) {
        lock.lock();
        try {
            local.wires().stream().map(WireSubscription::track).filter(Objects::nonNull)
                    .forEach(track -> track.hold(local.handledUpTo()));
            remove(local);
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
            finishing.add(local);
            onWire.leave(local);
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

    /** {@return what the server knows of them} */
    public WireSubscriptions onWire() {
        return onWire;
    }

    /** {@return whether the server may be asked for more} */
    public Intake intake() {
        return intake;
    }

    /** There is no session any more: who waits for an answer gets none, who waits for messages is told. */
    public void sessionEnded(Supplier<? extends BayeuxException> why) {
        onWire.sessionEnded();
        locals.stream().filter(local -> !local.isEstablished()).toList().forEach(local -> local.failNow(why.get()));
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

    /** {@return whether the calling thread runs the program's code for a subscription: {@link #close} waits for it} */
    public boolean isCurrent() {
        lock.lock();
        try {
            return finishing.isCurrent() || onWire.isCurrent()
                    || Stream.concat(locals.stream(), ending.stream()).anyMatch(LocalSubscription::isCurrent);
        } finally {
            lock.unlock();
        }
    }

    /** Lets handlers finish until the deadline, then stops them; after that nothing of a subscription runs. */
    public void close(long deadlineNs) {
        List<LocalSubscription<?>> all = new ArrayList<>();
        lock.lock();
        try {
            locals.forEach(LocalSubscription::markClosed);
            all.addAll(locals);
            all.addAll(finishing.takeAll());
            ending = List.copyOf(all);
            locals.clear();
            onWire.forgetAll();
        } finally {
            lock.unlock();
        }
        Finishing.end(all, deadlineNs);
        onWire.close(deadlineNs);
    }
}
