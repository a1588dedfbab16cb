package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Restoring;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.Restore;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionAction.ReportWait;
import java.time.Duration;

/** Sends the requests that make and keep a session, in the protocol's order: handshake, subscriptions, connects. */
final class NextRequest {

    private static final long REPORTED_NS = Duration.ofMinutes(1).toNanos();

    private final Duration replyTimeout;
    private final long longestHoldMs;
    private final boolean draft;

    NextRequest(SessionSettings settings) {
        this.replyTimeout = settings.replyTimeout();
        this.longestHoldMs = settings.longestServerWait().toMillis();
        this.draft = settings.draft();
    }

    Transition handshake(SessionState state, boolean again, String connectionType, long nowNs) {
        SessionState counted = state.counted();
        String id = "h" + counted.serial();
        return Transition.to(counted.in(new Handshaking(again, connectionType, new Asking(id, nowNs))),
                new SendHandshake(id, connectionType, counted.endpointChoice().endpoint()));
    }

    /**
     * Sends another handshake after a wait: {@code leastNs} asked for by the server, and the client's own additional {@code
     * extraNs}.
     */
    Transition handshakeIn(long leastNs, long extraNs, SessionState state, String connectionType, long nowNs) {
        return leastNs + extraNs <= 0
                ? handshake(state, true, connectionType, nowNs)
                : waiting(state.in(new Handshaking(true, connectionType, until(leastNs, extraNs, nowNs))), leastNs);
    }

    /** C-71: restores the subscriptions before the first connect. */
    Transition restore(SessionState state, Live phase) {
        SessionState counted = state.counted();
        return Transition.to(counted.in(phase.with(new Restoring(counted.serial()))), new Restore(counted.serial()));
    }

    /**
     * C-15, C-16, C-98: the first connect of a session, and a connect after a failure, asks for an immediate answer, so that
     * the client soon knows whether it is connected.
     */
    Transition connect(SessionState state, Live phase, long nowNs) {
        SessionState counted = state.counted();
        String id = "c" + counted.serial();
        ConnectionStatus status = phase.status() == ConnectionStatus.HANDSHAKEN
                ? ConnectionStatus.CONNECTING
                : phase.status();
        boolean atOnce = status != ConnectionStatus.CONNECTED;
        long holdMs = atOnce && !draft ? 0 : Math.min(state.advice().timeoutMs(), longestHoldMs);
        return Transition.to(counted.in(phase.with(status, new Asking(id, nowNs))), new SendConnect(id,
                phase.clientId(), phase.connectionType(), atOnce, replyTimeout.toMillis() + holdMs,
                phase.acknowledged()));
    }

    /** Continues a session; C-71: the subscriptions come before a connect. */
    Transition goOn(SessionState state, Live phase, long nowNs) {
        return phase.status() == ConnectionStatus.HANDSHAKEN && !phase.restored()
                ? restore(state, phase)
                : connect(state, phase, nowNs);
    }

    /** The same after a wait. */
    Transition goOnIn(long leastNs, long extraNs, SessionState state, Live phase, long nowNs) {
        return leastNs + extraNs <= 0
                ? goOn(state, phase, nowNs)
                : waiting(state.in(phase.with(until(leastNs, extraNs, nowNs))), leastNs);
    }

    /** Reports a long wait that the server asked for, since the state does not change during the wait. */
    private static Transition waiting(SessionState state, long leastNs) {
        return leastNs > REPORTED_NS
                ? Transition.to(state, new ReportWait(Duration.ofNanos(leastNs)))
                : Transition.to(state);
    }

    private static Waiting until(long leastNs, long extraNs, long nowNs) {
        return new Waiting(nowNs + leastNs + extraNs, nowNs + leastNs);
    }
}
