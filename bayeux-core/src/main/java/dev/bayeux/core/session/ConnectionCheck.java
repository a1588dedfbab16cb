package dev.bayeux.core.session;

import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.RenewConnections;

/**
 * Decides after a connection check: the network has changed, or the machine has slept, so the connections may be dead. Sends
 * the request in flight again over new connections and ends the client's own waits, but no wait that the server asked for.
 * Acts at most once in an increment of the backoff, so that checks cannot flood the server.
 */
record ConnectionCheck(Waits waits, NextRequest next) {

    Transition when(SessionState state, Handshaking phase, long nowNs) {
        if (isTooSoon(state, nowNs)) {
            return Transition.to(state);
        }
        SessionState renewed = state.with(state.history().connectionChecked(nowNs));
        return switch (phase.step()) {
            case Asking asking -> next.handshake(renewed, phase.again(), phase.connectionType(), nowNs)
                    .precededBy(new RenewConnections());
            case Waiting waiting when waiting.untilNs() > nowNs -> next.handshakeIn(waiting.leastUntilNs() - nowNs, 0,
                    renewed, phase.connectionType(), nowNs).precededBy(new RenewConnections());
            default -> Transition.to(state);
        };
    }

    /** Asks for the same session at once, since only the server knows whether it still exists. */
    Transition when(SessionState state, Live phase, long nowNs) {
        if (isTooSoon(state, nowNs)) {
            return Transition.to(state);
        }
        SessionState renewed = state.with(state.history().connectionChecked(nowNs));
        return switch (phase.step()) {
            case Asking asking -> next.connect(renewed, phase.broken(nowNs), nowNs)
                    .precededBy(new RenewConnections());
            case Waiting waiting when waiting.untilNs() > nowNs -> next.goOnIn(waiting.leastUntilNs() - nowNs, 0,
                    renewed, phase, nowNs).precededBy(new RenewConnections());
            // The requests that restore subscriptions have another limit (replyTimeout).
            default -> Transition.to(state);
        };
    }

    private boolean isTooSoon(SessionState state, long nowNs) {
        return waits.nextConnectionCheck(state, nowNs) > nowNs;
    }
}
