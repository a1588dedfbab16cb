package dev.bayeux.core.delivery;

import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.ReplayId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one channel has come: what has arrived, from where a new session goes on since the queues outlive sessions; and
 * what each subscriber has handled, of which the least may be saved. Guarded by the session's lock.
 */
final class PositionTrack {

    /** How often in a row another position is tried when one is refused. */
    static final int MOST_REFUSALS = 3;

    /** A message that was handled, and its place. */
    record Handled(long number, Position position) {}

    private final Payloads payloads;
    private final Map<LocalSubscription<?>, Handled> last = new IdentityHashMap<>(2);
    private Position place;
    /** Data of the newest message that may have a number; only looked into when it matters. */
    private @Nullable String newest;
    private boolean doubtful;
    private long doubtfulUpTo;
    private long given;
    private long ceiling = Long.MAX_VALUE;
    private int refusals;
    private boolean unusableSeen;

    PositionTrack(Payloads payloads, Position start) {
        this.payloads = payloads;
        this.place = start;
    }

    // What has arrived

    /**
     * The server may still deliver for an earlier subscription, whose end it has not confirmed, ahead of what it replays:
     * until another session begins nothing that arrives is a place to go on from.
     */
    void doubt() {
        doubtful = true;
    }

    /** A new session: the server knows of no earlier subscription. */
    void trust() {
        doubtful = false;
    }

    void arrived(Delivery delivery) {
        if (doubtful) {
            doubtfulUpTo = delivery.number();
        } else if (ReplayId.isPossibleIn(delivery.data())) {
            newest = delivery.data();
        }
    }

    /** Where a new session has to go on; further back than needed if a server numbers some messages only. */
    Position place() {
        String unread = newest;
        if (unread != null) {
            place = payloads.position(unread).orElse(place);
            newest = null;
        }
        return place;
    }

    void begin(Position chosen) {
        place = chosen;
        newest = null;
    }

    void accepted() {
        refusals = 0;
    }

    /** The place was refused; whether another one may be tried. */
    boolean mayTryAnother() {
        refusals++;
        return refusals <= MOST_REFUSALS;
    }

    // What was handled

    /** Whether this is the first message whose replay id cannot be a position: one event is enough for all of them. */
    boolean isFirstUnusable() {
        boolean first = !unusableSeen;
        unusableSeen = true;
        return first;
    }

    void handled(LocalSubscription<?> by, long number, Position position) {
        if (number > doubtfulUpTo) {
            last.merge(by, new Handled(number, position), (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    /** A subscriber has stopped: nothing beyond what it has handled is saved any more. */
    void hold(long handledUpTo) {
        ceiling = Math.min(ceiling, handledUpTo);
    }

    void forget(LocalSubscription<?> gone) {
        last.remove(gone);
    }

    /** Takes what can be saved now and could not before: the last message that no subscriber has open. */
    @Nullable
    Handled takeDue(List<LocalSubscription<?>> subscribers, LocalSubscription<?> caller) {
        long bound = Math.min(ceiling, caller.handledUpTo());
        for (LocalSubscription<?> each : subscribers) {
            bound = Math.min(bound, each.handledUpTo());
        }
        Handled due = null;
        for (Handled each : last.values()) {
            if (each.number() <= bound && each.number() > (due == null ? given : due.number())) {
                due = each;
            }
        }
        if (due == null) {
            return null;
        }
        given = due.number();
        return due;
    }
}
