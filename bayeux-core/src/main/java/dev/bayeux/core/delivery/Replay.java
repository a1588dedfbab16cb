package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.ReplayId;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@code replay} (PROTOCOL 6.4): where subscriptions begin, what has been handled of them, and what the
 * listeners have to know. Does nothing for clients without a store. Its state is guarded by the session's lock.
 */
public final class Replay {

    private static final String REPLAY = "replay";

    private final ReentrantLock lock;
    private final Json json;
    private final Payloads payloads;
    private final Events events;
    private final @Nullable SavedPositions saved;
    private final OnInvalidPosition policy;
    private boolean offered;

    /**
     * For one client.
     *
     * @param runtime for locks
     * @param lock the session's
     * @param json makes values
     * @param payloads finds the numbers of messages
     * @param events tells of gaps
     * @param store keeps positions, {@code null} for no replay
     * @param policy chooses another position for one that the server refuses
     */
    public Replay(ClientRuntime runtime, ReentrantLock lock, Json json, Payloads payloads, Events events,
            @Nullable PositionStore store, OnInvalidPosition policy) {
        this.lock = lock;
        this.json = json;
        this.payloads = payloads;
        this.events = events;
        this.saved = store == null ? null : new SavedPositions(runtime, store, events);
        this.policy = policy;
    }

    boolean isOn() {
        return saved != null;
    }

    OnInvalidPosition policy() {
        return policy;
    }

    /** Finds where the channels of a subscription begin. Called by who starts it, without the session's lock. */
    Map<String, Position> starts(Wish wish) {
        SavedPositions store = saved;
        Map<String, Position> starts = new LinkedHashMap<>();
        if (store != null) {
            for (String channel : wish.channels()) {
                Position from = wish.from();
                starts.put(channel, from == null ? store.load(channel).orElse(wish.otherwise()) : from);
            }
        }
        return starts;
    }

    @Nullable
    PositionTrack track(@Nullable Position start) {
        return start == null ? null : new PositionTrack(payloads, start);
    }

    /** Takes what the server's answer to the handshake says. */
    void handshook(JsonObject ext) {
        offered = ext.getOrDefault(REPLAY, JsonValue.NULL).getValueType() == ValueType.TRUE;
    }

    /** Whether the server of this session replays what this client asks for. */
    boolean isOffered() {
        return isOn() && offered;
    }

    /** The same in a new session; tells if messages were missed since nobody knows where the channel was. */
    JsonObject goOn(WireSubscription wire) {
        PositionTrack track = wire.track();
        if (track != null && offered && wire.wasActive() && track.place().equals(Position.TIP)) {
            gap(wire.channel(), Position.TIP, Optional.of(Position.TIP), Reason.UNKNOWN, null);
        }
        return begin(wire);
    }

    /** The {@code ext} of a subscribe that is about to leave (C-120); tells if it cannot say where to begin. */
    JsonObject begin(WireSubscription wire) {
        PositionTrack track = wire.track();
        if (track == null) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        Position place = track.place();
        if (!offered) {
            gap(wire.channel(), place, Optional.of(Position.TIP), Reason.NOT_OFFERED, null);
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        return json.object(Map.of(REPLAY,
                json.object(Map.of(SavedPositions.key(wire.channel()), ReplayId.toJson(json, place)))));
    }

    /** Tells that a channel could not be gone on with. */
    void gap(String channel, Position wanted, Optional<Position> begun, Reason reason, @Nullable Throwable cause) {
        String why = switch (reason) {
            case REFUSED -> begun.isEmpty()
                    ? "the server does not take that position, and the subscription is refused"
                    : "the server does not take that position; it begins at another place: " + begun.get();
            case NOT_OFFERED -> "the server does not offer replay; it begins with new messages";
            case UNKNOWN -> "the session was lost before a message had come; it begins with new messages";
        };
        events.tell(new ReplayGap(channel, wanted, begun, reason, new PositionException(channel,
                "Messages on %s may have been missed. It should have gone on from: %s, but %s.".formatted(channel,
                        wanted, why),
                cause)));
    }

    /** Reports that a channel's positions stay where they are, once for a subscription. */
    private void unusable(String channel, String replayId) {
        events.tell(new ClientEvent.PositionUnusable(channel, new PositionException(channel,
                "A message on %s has a replay id that cannot be a position: %s. Its position is not saved, and a new session starts at the last usable one, so messages may come twice."
                        .formatted(channel, replayId),
                null)));
    }

    /** A subscriber is done with a message. Called by the program's threads, without the session's lock. */
    void handled(LocalSubscription<?> by, Delivery delivery) {
        SavedPositions store = saved;
        if (store == null) {
            return;
        }
        ReplayId.Found found = payloads.replayId(delivery.data());
        Optional<Position> position = found.position();
        List<Runnable> savings = new ArrayList<>(1);
        lock.lock();
        try {
            by.handledUpTo(delivery.number());
            for (WireSubscription wire : by.wires()) {
                PositionTrack track = wire.track();
                if (track == null) {
                    continue;
                }
                if (position.isPresent() && wire.matches(delivery.channel())) {
                    track.handled(by, delivery.number(), position.get());
                }
                if (found.unusable() != null && wire.matches(delivery.channel()) && track.isFirstUnusable()) {
                    unusable(wire.channel(), found.unusable());
                }
                PositionTrack.Handled due = track.takeDue(wire.locals(), by);
                if (due != null) {
                    savings.add(() -> store.save(wire.channel(), due));
                }
                if (!wire.locals().contains(by)) {
                    track.forget(by);
                }
            }
        } finally {
            lock.unlock();
        }
        savings.forEach(Runnable::run);
    }
}
