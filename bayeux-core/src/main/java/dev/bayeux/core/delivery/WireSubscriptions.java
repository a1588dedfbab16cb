package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The channels and patterns as the server knows them: asks for each once, takes its answers, and asks again in a new
 * session, from where each has come to. Guarded by the session's lock.
 */
public final class WireSubscriptions {

    private final ReentrantLock lock;
    private final Uplink uplink;
    private final Events events;
    private final Replay replay;
    private final InvalidPositions invalidPositions;
    private final Map<String, WireSubscription> wires = new LinkedHashMap<>();
    /** Channels that the server may deliver in this session though it was asked to end that. */
    private final Set<String> doubtful = new HashSet<>();
    /** The session of the doubts is gone, but some of what it brings may still be on its way through the client. */
    private boolean doubtsAreOld;
    private final Routes routes = new Routes(wires);

    WireSubscriptions(ClientRuntime runtime, String clientName, ReentrantLock lock, Uplink uplink, Events events,
            Replay replay) {
        this.lock = lock;
        this.uplink = uplink;
        this.events = events;
        this.replay = replay;
        this.invalidPositions = new InvalidPositions(runtime, clientName, replay.policy(), this::positionChosen);
    }

    /** Who listens to which channel. */
    Routes routes() {
        return routes;
    }

    /** {@return whether the server has accepted everything} */
    public boolean allActive() {
        return wires.values().stream().allMatch(wire -> wire.state() == SubscriptionState.ACTIVE);
    }

    // Subscribers come and go

    /** One position for one channel: nobody can choose it for a stream that flows, nor for two of them. */
    void checkPlace(String channel, Wish wish) {
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

    /** Asks the server for what it does not deliver yet (C-64). */
    void join(LocalSubscription<?> local, Map<String, Position> starts) {
        for (String channel : new LinkedHashSet<>(local.channels())) {
            WireSubscription wire = wires.computeIfAbsent(channel,
                    name -> new WireSubscription(name, track(name, starts.get(name))));
            wire.locals().add(local);
            local.wires().add(wire);
            if (wire.state() != SubscriptionState.ACTIVE && !wire.isUnderWay()) {
                ask(wire);
            }
        }
        routes.clear();
        establishIfActive(local);
    }

    private @Nullable PositionTrack track(String channel, @Nullable Position start) {
        PositionTrack track = replay.track(start);
        if (track != null && doubtful.contains(channel)) {
            track.doubt();
        }
        return track;
    }

    private void ask(WireSubscription wire) {
        if (uplink.isOpen()) {
            uplink.send(wire.ask(replay.begin(wire)));
        } else {
            // It leaves when there is a session: with all others that are restored.
            wire.ask(JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    private static void establishIfActive(LocalSubscription<?> local) {
        if (local.wires().stream().allMatch(wire -> wire.state() == SubscriptionState.ACTIVE)) {
            local.establish();
        }
    }

    /** Asks the server to end what nobody listens to any more. */
    void leave(LocalSubscription<?> local) {
        routes.clear();
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
    }

    // Sessions come and go

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
        if (doubtsAreOld) {
            forgetDoubts();
        }
        return wires.values().stream().filter(WireSubscription::isSent).map(wire -> wire.ask(replay.goOn(wire)))
                .toList();
    }

    /** The session that knew them is gone, and another is being made. */
    public void sessionLost() {
        wires.values().forEach(WireSubscription::forgotten);
        doubtsAreOld = true;
    }

    /** A new session: the server knows of no earlier subscription. */
    private void forgetDoubts() {
        doubtsAreOld = false;
        doubtful.clear();
        wires.values().stream().map(WireSubscription::track).filter(Objects::nonNull).forEach(PositionTrack::trust);
    }

    /** There is no session any more: only what was established once is asked for in the next. */
    void sessionEnded() {
        for (WireSubscription wire : List.copyOf(wires.values())) {
            wire.forgotten();
            if (wire.locals().stream().noneMatch(LocalSubscription::isEstablished)) {
                wires.remove(wire.channel());
                routes.clear();
            }
        }
        doubtsAreOld = true;
    }

    // What the server says

    /** Takes its yes. */
    public void accepted(Request request) {
        WireSubscription wire = wires.get(request.body());
        if (wire != null && wire.isFor(request)) {
            wire.accepted();
            wire.locals().forEach(WireSubscriptions::establishIfActive);
        }
    }

    /** Takes its no, or the news that its answer will not come (C-65, C-72). */
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
            routes.clear();
            boolean unknown = !(cause instanceof RefusedException || cause instanceof HeldBackException);
            if (unknown && uplink.isOpen()) {
                // The answer was lost, and it may have been a yes: the server shall not send to nobody.
                doubtful.add(wire.channel());
                uplink.send(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, wire.channel()));
            }
        }
        wire.locals().stream().filter(local -> !local.isEstablished()).toList()
                .forEach(local -> local.failNow(failure));
        durable.forEach(local -> events.tell(new ClientEvent.SubscriptionRejected(local, failure)));
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

    // The end

    /** Knows of nobody any more. */
    void forgetAll() {
        wires.clear();
        routes.clear();
    }

    /** Whether the calling thread is the one on which the program decides. */
    boolean isCurrent() {
        return invalidPositions.isCurrent();
    }

    /** Lets a decision of the program finish until the deadline, then stops it. To be called without the lock. */
    void close(long deadlineNs) {
        invalidPositions.close(deadlineNs);
    }
}
