package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Step;
import dev.bayeux.core.session.Phase.Suspended;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.RenewConnections;
import dev.bayeux.core.session.SessionAction.ReportFailure;

/** Decides how a client is suspended and resumed. */
record Suspending(SessionSettings settings, Waits waits, NextRequest next, NewSession newSession) {

    /** The server may make a session for a handshake in flight; that session expires on the server. */
    Transition suspend(SessionState state, Handshaking phase, long nowNs) {
        return Transition.to(
                state.in(new Suspended(null, phase.connectionType(), nowNs, leastUntil(phase.step(), nowNs))),
                new RenewConnections());
    }

    Transition suspend(SessionState state, Live phase, long nowNs) {
        long leastUntilNs = leastUntil(phase.step(), nowNs);
        Live waiting = phase.with(new Waiting(leastUntilNs, leastUntilNs));
        return Transition.to(state.in(new Suspended(waiting, phase.connectionType(), nowNs, leastUntilNs)),
                new RenewConnections());
    }

    /** Suspending does not shorten a wait that the server asked for (C-19, C-105). */
    private static long leastUntil(Step step, long nowNs) {
        return step instanceof Waiting waiting ? Math.max(nowNs, waiting.leastUntilNs()) : nowNs;
    }

    /**
     * Asks for the session as soon as the server allows, unless it must have expired (A11). Acts once in an increment of the
     * backoff, so that a program that suspends and resumes repeatedly cannot make a storm.
     */
    Transition resume(SessionState state, Suspended phase, long nowNs) {
        Live live = phase.live();
        long leastNs = Math.max(0, phase.leastUntilNs() - nowNs);
        if (live == null) {
            return newSession.handshake(state, phase.connectionType(), leastNs, 0, nowNs);
        }
        Live broken = live.broken(phase.sinceNs());
        if (nowNs - broken.brokenSinceNs() > state.advice().expiryNs()) {
            return newSession.afterLoss(state, broken, null, leastNs, 0, nowNs);
        }
        long servedNs = waits.nextConnectionCheck(state, nowNs);
        return next.goOnIn(leastNs, Math.max(0, servedNs - nowNs - leastNs),
                state.with(state.history().connectionChecked(servedNs)),
                live.restored() ? broken : live.with(ConnectionStatus.HANDSHAKEN, live.step()), nowNs);
    }

    /** A reply to an earlier request shows that the session is gone; a suspended client makes no new one. */
    Transition lost(SessionState state, Suspended phase, BayeuxException why) {
        if (phase.live() == null) {
            return Transition.to(state);
        }
        return Transition.to(state.in(phase.withoutSession()),
                new ReportFailure(why), NewSession.failSent(
                        "The session was lost before the server answered; the client is suspended.", why));
    }

    /** C-136: only a new session replays the deliveries of an abandoned response. */
    Transition missed(SessionState state, Suspended phase) {
        return phase.live() == null
                ? Transition.to(state)
                : Transition.to(state.in(phase.withoutSession()), NewSession.deliveriesMissed(null));
    }

    /** T16. */
    Transition endedByServer(SessionState state, Suspended phase, BayeuxException why) {
        return phase.live() != null && settings.onServerDisconnect() == OnServerDisconnect.STOP
                ? Ending.stop(state, why)
                : lost(state, phase, why);
    }

    /** T12, T13. */
    Transition disconnect(SessionState state, Suspended phase, long untilNs) {
        Live live = phase.live();
        return live == null ? Ending.stop(state, null) : Ending.disconnect(state, live, untilNs);
    }
}
