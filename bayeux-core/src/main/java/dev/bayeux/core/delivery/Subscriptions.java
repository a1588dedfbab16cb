package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    /** Channels that the server may deliver in this session though it was asked to end that. */
    private final Set<String> doubtful = new HashSet<>();
    private final Finishing finishing = new Finishing();
    private final Intake intake = new Intake();
    private final Dispatcher dispatcher;
    private final Replay replay;
    private final InvalidPositions invalidPositions;

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
        this.dispatcher = new Dispatcher(wires, events, intake, this::remove);
        this.replay = replay;
        this.invalidPositions = new InvalidPositions(runtime, clientName, replay.policy(), this::positionChosen);
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
            starts.keySet().forEach(channel -> checkPlace(channel, local.wish()));
            local.handledUpTo(dispatcher.last());
            for (String channel : new LinkedHashSet<>(local.channels())) {
                WireSubscription wire = wires.computeIfAbsent(channel,
                        name -> new WireSubscription(name, track(name, starts.get(name))));
                wire.locals().add(local);
                local.wires().add(wire);
                if (wire.state() != SubscriptionState.ACTIVE && !wire.isUnderWay()) {
                    ask(wire);
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

    private void ask(WireSubscription wire) {
        if (uplink.isOpen()) {
            uplink.send(wire.ask(replay.begin(wire)));
        } else {
            // It leaves when there is a session: with all others that are restored.
            wire.ask(JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    /** One position for one channel: nobody can choose it for a stream that flows, nor for two of them. */
    private void checkPlace(String channel, Wish wish) {
        if (wish.from() != null && wires.containsKey(channel)) {
            throw new IllegalStateException(
                    "%s is subscribed already, and so its place cannot be chosen: leave out from(), or close the other subscription."
                            .formatted(channel));
        }
        String key = SavedPositions.key(channel);
        Stream.concat(wires.keySet().stream(), wish.channels().stream())
                .filter(other -> !other.equals(channel) && SavedPositions.key(other).equals(key)).findFirst()
                .ifPresent(other -> {
                    throw new IllegalStateException(
                            "%s and %s have the same position, which cannot be right for both: subscribe one of them with another client and another store."
                                    .formatted(channel, other));
                });
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

    private @Nullable PositionTrack track(String channel, @Nullable Position start) {
        PositionTrack track = replay.track(start);
        if (track != null && doubtful.contains(channel)) {
            track.doubt();
        }
        return track;
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
                    if (wire.isUnderWay()) {
                        doubtful.add(wire.channel());
                    }
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

    /** Takes what the server's answer to a handshake says to extensions. */
    public void handshook(JsonObject ext) {
        replay.handshook(ext);
    }

    /** {@return whether a new session brings what was not received in this one} */
    public boolean comesAgain() {
        return replay.isOffered();
    }

    /** {@return requests for all, each once (C-71)} */
    public List<Request> restore() {
        return wires.values().stream().filter(WireSubscription::isSent).map(wire -> wire.ask(replay.goOn(wire)))
                .toList();
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
        PositionTrack track = wire.track();
        if (track != null && InvalidPositions.isAbout(cause)) {
            invalidPositions.ask(new InvalidPositions.Refused(wire, request, track.place(), (RefusedException) cause));
        } else {
            rejected(wire, cause);
        }
    }

    /** The program has said where a channel begins, since the server did not take its position. */
    private void positionChosen(InvalidPositions.Refused refused, Optional<Position> choice) {
        lock.lock();
        try {
            WireSubscription wire = refused.wire();
            PositionTrack track = wire.track();
            if (wires.get(wire.channel()) != wire || !wire.isFor(refused.request()) || track == null) {
                // Closed meanwhile, or another session asks for it anew.
                return;
            }
            Optional<Position> begun = track.mayTryAnother() ? choice : Optional.empty();
            replay.gap(wire.channel(), refused.position(), begun, Reason.REFUSED, refused.cause());
            if (begun.isEmpty()) {
                rejected(wire, refused.cause());
            } else {
                track.begin(begun.get());
                ask(wire);
            }
        } finally {
            lock.unlock();
        }
    }

    private void rejected(WireSubscription wire, BayeuxException cause) {
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
                doubtful.add(wire.channel());
                uplink.send(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, wire.channel()));
            }
        }
        wire.locals().stream().filter(local -> !local.isEstablished()).forEach(local -> local.fail(failure));
        durable.forEach(local -> events.tell(new ClientEvent.SubscriptionRejected(local, failure)));
    }

    /** The session that knew them is gone, and another is being made. */
    public void sessionLost() {
        wires.values().forEach(WireSubscription::forgotten);
        forgetDoubts();
    }

    private void forgetDoubts() {
        doubtful.clear();
        wires.values().stream().map(WireSubscription::track).filter(Objects::nonNull).forEach(PositionTrack::trust);
    }

    /** Takes the news that nobody knows whether the server has ended a subscription. */
    public void unsubscribeLost(Request request) {
        doubtful.add(request.body());
        WireSubscription again = wires.get(request.body());
        PositionTrack track = again == null ? null : again.track();
        if (track != null) {
            track.doubt();
        }
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
        forgetDoubts();
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
        invalidPositions.close(deadlineNs);
    }
}
