package dev.bayeux.core.session;

import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.RenewConnections;

/**
 * What follows when the connection may be dead without a sign of it: the network has changed, or the machine has slept.
 * Whatever waits for the server is sent anew, over fresh connections, and waits of our own end; those that the server has
 * asked for do not. At most once in an increment of the backoff, so that this cannot make a storm.
 */
final class SuspectConnections {

    private final Waits waits;
    private final NextRequest next;

    SuspectConnections(Waits waits, NextRequest next) {
        this.waits = waits;
        this.next = next;
    }

    Transition when(SessionState state, Handshaking phase, long nowNs) {
        if (isTooSoon(state, nowNs)) {
            return Transition.to(state);
        }
        SessionState renewed = state.with(state.history().suspected(nowNs));
        return switch (phase.step()) {
            case Asking asking -> next.handshake(renewed, phase.again(), phase.connectionType(), nowNs)
                    .precededBy(new RenewConnections());
            case Waiting waiting when waiting.untilNs() > nowNs -> next.handshakeIn(waiting.leastUntilNs() - nowNs, 0,
                    renewed, phase.connectionType(), nowNs).precededBy(new RenewConnections());
            default -> Transition.to(state);
        };
    }

    /** The same session is asked for at once: only the server knows whether it still lives. */
    Transition when(SessionState state, Live phase, long nowNs) {
        if (isTooSoon(state, nowNs)) {
            return Transition.to(state);
        }
        SessionState renewed = state.with(state.history().suspected(nowNs));
        return switch (phase.step()) {
            case Asking asking -> next.connect(renewed, phase.broken(nowNs), nowNs)
                    .precededBy(new RenewConnections());
            case Waiting waiting when waiting.untilNs() > nowNs -> next.goOnIn(waiting.leastUntilNs() - nowNs, 0,
                    renewed, phase, nowNs).precededBy(new RenewConnections());
            // What restores subscriptions has limits of its own.
            default -> Transition.to(state);
        };
    }

    private boolean isTooSoon(SessionState state, long nowNs) {
        return waits.nextRenewal(state, nowNs) > nowNs;
    }
}
