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
    private final ReplayExtension replay;
    private final long limitNs;
    private final Set<Subscriber> full = new LinkedHashSet<>();
    private boolean forced;

    FlowControl(Effects effects, ReplayExtension replay, Duration limit) {
        this.effects = effects;
        this.replay = replay;
        this.limitNs = limit.toNanos();
    }

    void full(Subscriber subscriber) {
        if (subscriber.isJoined() && full.add(subscriber)) {
            effects.report(new ClientEvent.ReceivingPaused(subscriber.subscription()));
        }
    }

    void hasRoom(Subscriber subscriber) {
        if (left(subscriber)) {
            effects.report(new ClientEvent.ReceivingResumed(subscriber.subscription()));
        }
    }

    /** Records that a subscriber no longer holds the connect back; whether it did. */
    boolean left(Subscriber subscriber) {
        boolean was = full.remove(subscriber);
        forced &= !full.isEmpty();
        return was;
    }

    boolean isPaused() {
        return !full.isEmpty();
    }

    /** Whether the client had to send a connect although the queues have no room for deliveries. */
    boolean isForced() {
        return forced;
    }

    /**
     * Returns how long the next connect must wait; zero or less if it need not wait. The last connect ended at {@code
     * sinceNs}.
     */
    long pauseNs(long sinceNs, SessionState state, long nowNs) {
        if (!isPaused() || !isSettled(state)) {
            return 0;
        }
        long leftNs = sinceNs + Math.min(limitNs, state.keptNs() / 4 * 3) - nowNs;
        if (leftNs <= 0 && replay.isOffered() && !state.isAcknowledging()) {
            // The queues have no room. The client rather lets the server end the session, since the next one resumes at the
            // positions.
            return limitNs;
        }
        if (leftNs <= 0) {
            forced = true;
        }
        return leftNs;
    }

    /** Never holds the first connect of a session back, since a caller may wait for it. */
    private static boolean isSettled(SessionState state) {
        return state.status() == ConnectionStatus.CONNECTED || state.status() == ConnectionStatus.RECONNECTING;
    }
}
