package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.session.SessionState;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Holds back the next connect while the queue of a subscriber is full, but not for so long that the server forgets the
 * session.
 */
final class FlowControl {

    private final Effects effects;
    private final long limitNs;
    private final Set<Subscriber> full = new LinkedHashSet<>();
    private boolean forced;

    /**
     * For one client.
     *
     * @param limit how long a session may be kept waiting
     */
    FlowControl(Effects effects, Duration limit) {
        this.effects = effects;
        this.limitNs = limit.toNanos();
    }

    void full(Subscriber subscriber) {
        if (subscriber.isJoined() && full.add(subscriber)) {
            effects.tell(new ClientEvent.ReceivingPaused(subscriber.subscription()));
        }
    }

    void hasRoom(Subscriber subscriber) {
        if (left(subscriber)) {
            effects.tell(new ClientEvent.ReceivingResumed(subscriber.subscription()));
        }
    }

    /** The subscriber is no longer in the way; whether it was. */
    boolean left(Subscriber subscriber) {
        boolean was = full.remove(subscriber);
        forced &= !full.isEmpty();
        return was;
    }

    boolean isPaused() {
        return !full.isEmpty();
    }

    /** Whether the server had to be asked all the same: deliveries find no room. */
    boolean isForced() {
        return forced;
    }

    /**
     * How long the next connect must still wait if nothing changes; zero or less: not at all.
     *
     * @param sinceNs when the last connect ended
     * @param comesAgain whether a new session delivers again what was not received in this one
     */
    long pauseNs(long sinceNs, boolean comesAgain, SessionState state, long nowNs) {
        if (!isPaused() || !isSettled(state)) {
            return 0;
        }
        long leftNs = sinceNs + Math.min(limitNs, state.keptNs() / 4 * 3) - nowNs;
        if (leftNs <= 0 && comesAgain && !state.isAcknowledging()) {
            // Deliveries would find no room. It is better to let the server forget the session.
            return limitNs;
        }
        if (leftNs <= 0) {
            forced = true;
        }
        return leftNs;
    }

    /** The first connect of a session leaves in any case: a caller may be waiting for it. */
    private static boolean isSettled(SessionState state) {
        return state.status() == ConnectionStatus.CONNECTED || state.status() == ConnectionStatus.RECONNECTING;
    }
}
