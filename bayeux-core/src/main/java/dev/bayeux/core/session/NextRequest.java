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
import dev.bayeux.core.session.SessionAction.TellWait;
import java.time.Duration;

/** Sends what makes and keeps a session, in the order of the protocol: a handshake, the subscriptions, connects. */
final class NextRequest {

    private static final long TOLD_NS = Duration.ofMinutes(1).toNanos();

    private final Duration replyTimeout;
    private final boolean anyConnectIsHeld;

    NextRequest(SessionSettings settings) {
        this.replyTimeout = settings.replyTimeout();
        this.anyConnectIsHeld = settings.anyConnectIsHeld();
    }

    Transition handshake(SessionState state, boolean again, String connectionType, long nowNs) {
        SessionState counted = state.counted();
        String id = "h" + counted.serial();
        return Transition.to(counted.in(new Handshaking(again, connectionType, new Asking(id, nowNs))),
                new SendHandshake(id, connectionType, counted.endpointChoice().endpoint()));
    }

    /**
     * Another one, after a wait.
     *
     * @param leastNs how long the server wants us to wait
     * @param extraNs how much longer we do
     */
    Transition handshakeIn(long leastNs, long extraNs, SessionState state, String connectionType, long nowNs) {
        return leastNs + extraNs <= 0
                ? handshake(state, true, connectionType, nowNs)
                : waiting(state.in(new Handshaking(true, connectionType, until(leastNs, extraNs, nowNs))), leastNs);
    }

    /** C-71: the subscriptions come before the first connect. */
    Transition restore(SessionState state, Live phase) {
        SessionState counted = state.counted();
        return Transition.to(counted.in(phase.with(new Restoring(counted.serial()))), new Restore(counted.serial()));
    }

    /**
     * C-15, C-16, C-98: the first connect of a session, and one after a failure, asks to be answered at once, so that it
     * is soon known whether the client is connected.
     */
    Transition connect(SessionState state, Live phase, long nowNs) {
        SessionState counted = state.counted();
        String id = "c" + counted.serial();
        ConnectionStatus status = phase.status() == ConnectionStatus.HANDSHAKEN
                ? ConnectionStatus.CONNECTING
                : phase.status();
        boolean atOnce = status != ConnectionStatus.CONNECTED;
        long holdMs = atOnce && !anyConnectIsHeld ? 0 : state.advice().timeoutMs();
        return Transition.to(counted.in(phase.with(status, new Asking(id, nowNs))), new SendConnect(id,
                phase.clientId(), phase.connectionType(), atOnce, replyTimeout.toMillis() + holdMs,
                phase.acknowledged()));
    }

    /** Goes on with a session: C-71, before its subscriptions there is no connect. */
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

    /** A long wait of the server's making is told: until it is over the client looks as if nothing happened. */
    private static Transition waiting(SessionState state, long leastNs) {
        return leastNs > TOLD_NS
                ? Transition.to(state, new TellWait(Duration.ofNanos(leastNs)))
                : Transition.to(state);
    }

    private static Waiting until(long leastNs, long extraNs, long nowNs) {
        return new Waiting(nowNs + leastNs + extraNs, nowNs + leastNs);
    }
}
