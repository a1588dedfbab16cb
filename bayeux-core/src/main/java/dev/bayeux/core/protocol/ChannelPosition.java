package dev.bayeux.core.protocol;

import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.ReplayId;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one channel or pattern: the position of the last delivery, from which a new session continues since the
 * queues outlive sessions; and the messages that each subscriber has handled, of which the earliest may be saved.
 */
final class ChannelPosition {

    /** The most positions in a row that the client tries after the server has refused one. */
    static final int MOST_REFUSALS = 3;

    /** A message that was handled, and its position. */
    record Handled(long number, Position position) {}

    private final Json json;
    private final IdentityHashMap<Subscriber, Handled> last = new IdentityHashMap<>(2);
    private Position position;
    /** The data of the newest message that may have a replay id; parsed only when the position is needed. */
    private @Nullable String newest;
    private boolean uncertain;
    private long uncertainUpTo;
    private long saved;
    private long ceiling = Long.MAX_VALUE;
    private int refusals;
    private boolean unusableSeen;

    ChannelPosition(Json json, Position start) {
        this.json = json;
        this.position = start;
    }

    // Deliveries

    /**
     * The server may still deliver for an earlier subscription, whose end it has not confirmed, ahead of what it replays:
     * until another session begins no delivery gives a position to continue from.
     */
    void markUncertain() {
        uncertain = true;
    }

    /** Starts a new session, in which the server knows no earlier subscription. */
    void markCertain() {
        uncertain = false;
    }

    void arrived(long number, String data) {
        if (uncertain) {
            uncertainUpTo = number;
        } else if (ReplayId.isPossibleIn(data)) {
            newest = data;
        }
    }

    /**
     * Returns the position from which a new session continues; before the last delivery if the server numbers only some
     * messages.
     */
    Position position() {
        String unread = newest;
        if (unread != null) {
            position = ReplayId.in(json, unread).position().orElse(position);
            newest = null;
        }
        return position;
    }

    void begin(Position chosen) {
        position = chosen;
        newest = null;
    }

    void accepted() {
        refusals = 0;
    }

    /** Records that the server has refused the position; returns whether the client may try another one. */
    boolean mayTryAnother() {
        refusals++;
        return refusals <= MOST_REFUSALS;
    }

    // Handled messages

    /** Whether this is the first message whose replay id cannot be a position: one event is enough for all of them. */
    boolean isFirstUnusable() {
        boolean first = !unusableSeen;
        unusableSeen = true;
        return first;
    }

    void handled(Subscriber by, long number, Position handled) {
        if (number > uncertainUpTo) {
            last.merge(by, new Handled(number, handled), (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    /** Records that a subscriber stopped: no position after its last handled message is saved from now on. */
    void hold(long handledUpTo) {
        ceiling = Math.min(ceiling, handledUpTo);
    }

    void forget(Subscriber gone) {
        last.remove(gone);
    }

    /** Takes the position that can be saved now and could not before: of the last message that every subscriber has handled. */
    @Nullable
    Handled takeDue(List<Subscriber> subscribers, Subscriber caller) {
        long bound = Math.min(ceiling, caller.handledUpTo());
        for (Subscriber each : subscribers) {
            bound = Math.min(bound, each.handledUpTo());
        }
        Handled due = null;
        for (Handled each : last.values()) {
            if (each.number() <= bound && each.number() > (due == null ? saved : due.number())) {
                due = each;
            }
        }
        if (due != null) {
            saved = due.number();
        }
        return due;
    }
}
