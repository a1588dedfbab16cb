package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.EndAbandonedSession;
import dev.bayeux.core.session.SessionAction.RenewCredentials;
import dev.bayeux.core.session.SessionAction.ReportFailure;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a new session replaces a lost one (protocol.md T9). The handshake is sent at once while the
 * {@link RequestBudget} lasts (C-23).
 */
record NewSession(SessionSettings settings, Waits waits, NextRequest next, GivingUp givingUp, Fallback fallback,
        Failover failover) {

    /** A2: the server asks for a new session in a successful reply. */
    Transition afterAdvice(SessionState state, Live phase, long nowNs) {
        return phase.status() == ConnectionStatus.CONNECTED
                ? afterLoss(state, phase, null, 0, 0, nowNs)
                : afterFailure(state, phase, new DisconnectedException(FailureKind.TRANSIENT,
                        "%s accepted the session, and then asked for another handshake in reply to its connect (advice reconnect: handshake). Does each request reach the same one of several servers?"
                                .formatted(settings.server(state)),
                        null), 0, nowNs);
    }

    /** A6, C-28: the server no longer knows the session; {@code leastNs} is a wait that it asked for. */
    Transition afterRefusal(SessionState state, Live phase, RefusedException refusal, long leastNs, long nowNs) {
        return phase.status() == ConnectionStatus.CONNECTED
                ? afterLoss(state, phase, refusal, leastNs, 0, nowNs)
                : afterFailure(state, phase, refusal, leastNs, nowNs);
    }

    /** Counts a session that was never connected as a failure, since the next may fail in the same way. */
    private Transition afterFailure(SessionState state, Live phase, BayeuxException why, long leastNs, long nowNs) {
        SessionState failed = state.failed(phase.connectionType(), why, true, nowNs);
        return givingUp.hasTriedEnough(failed, nowNs)
                ? Ending.stop(failed, why)
                : afterLoss(failed, phase, why, leastNs, 0, nowNs);
    }

    /**
     * A2, A6, A11: replaces the session that was lost, after a wait, {@code leastNs} of which the server asked for; {@code why}
     * is {@code null} if a successful reply asked for that.
     */
    Transition afterLoss(SessionState state, Live phase, @Nullable BayeuxException why, long leastNs, long waitNs,
            long nowNs) {
        Transition anew = handshake(state.with(state.history().backoffReset()), phase.connectionType(), leastNs,
                waitNs, nowNs).precededBy(
                        failSent("The session was lost before the server answered; the client is making a new one.",
                                why));
        return why == null ? anew : anew.precededBy(new ReportFailure(why));
    }

    /**
     * C-136: a lost response may have carried deliveries. The server replays them only in a new session. A wait that has
     * begun continues. The failure is {@code null} if listeners have received it.
     */
    Transition afterMissedDeliveries(SessionState state, Live phase, @Nullable BayeuxException failure, long waitNs,
            long nowNs) {
        Waiting wait = phase.step() instanceof Waiting waiting ? waiting : new Waiting(nowNs, nowNs);
        long leastNs = Math.max(0, wait.leastUntilNs() - nowNs);
        long restNs = wait.untilNs() - nowNs;
        SessionState blocked = waits.blocking(state, failure, nowNs);
        Transition anew = handshake(blocked.with(blocked.history().backoffReset()), phase.connectionType(), leastNs,
                Math.max(waitNs, restNs), nowNs).precededBy(deliveriesMissed(failure));
        Transition reported = failure == null ? anew : anew.precededBy(new ReportFailure(failure));
        return leaving(reported, blocked, phase.clientId(), phase.connectionType(), nowNs);
    }

    /**
     * Disconnects the session that a transition abandons, since the server may keep it for minutes, and counts it. A server
     * that has asked for a wait gets no such request (C-105). {@code state} is that before the transition.
     */
    static Transition leaving(Transition anew, SessionState state, String clientId, String connectionType, long nowNs) {
        int endpoint = state.endpointChoice().endpoint();
        return state.endpointChoice().blockedNs(endpoint, nowNs) > 0
                ? anew
                : anew.precededBy(new EndAbandonedSession(clientId, connectionType, endpoint));
    }

    static FailSent deliveriesMissed(@Nullable BayeuxException failure) {
        return failSent(
                "A lost response of the server may have carried messages; the client is making a new session, which begins at the positions.",
                failure);
    }

    /** Fails the unanswered requests of a session that is gone. */
    static FailSent failSent(String text, @Nullable BayeuxException why) {
        return new FailSent(new DisconnectedException(FailureKind.TRANSIENT, text, why));
    }

    /** C-130: the transport no longer connects, and a session does not move to another transport. */
    Transition onAnotherTransport(Fallback.Other other, Live phase, BayeuxException why, long nowNs) {
        long waitNs = other.untried() ? 0 : waits.interval(other.state()) + waits.backoff(other.state());
        SessionState moved = other.state().with(other.state().history().backoffReset());
        Transition anew = handshake(moved, other.connectionType(), waits.retryAfter(why), waitNs, nowNs).precededBy(
                new ReportFailure(why),
                failSent(
                        "The transport of the session cannot be used any more; the client is making a new session with another one.",
                        why));
        return leaving(anew, other.state(), phase.clientId(), other.connectionType(), nowNs);
    }

    /** Abandons the session of a server that no longer answers, for one of another server. */
    Transition onAnotherEndpoint(SessionState state, Live phase, BayeuxException why, long nowNs) {
        Failover.Next to = failover.next(state.with(state.history().backoffReset()), waits.retryAfter(why), 0, nowNs);
        Transition anew = handshake(to.state(), fallback.first(to.state()), to.leastNs(), 0, nowNs).precededBy(
                new ReportFailure(why),
                failSent("%s did not answer; the client is making a new session with another server."
                        .formatted(settings.server(state)), why));
        return leaving(anew, state, phase.clientId(), phase.connectionType(), nowNs);
    }

    /**
     * A3, A4, A7, T16: the server ended the session and wants no further connect; the program's setting decides whether the
     * client reconnects.
     */
    Transition afterServersEnd(SessionState state, Live phase, BayeuxException reason, long nowNs) {
        SessionState failed = state.failed(phase.connectionType(), reason, true, nowNs);
        boolean refusedForGood = reason.kind() == FailureKind.AUTHENTICATION
                && !givingUp.goesOnWhenRefused(state.history());
        if (settings.onServerDisconnect() == OnServerDisconnect.STOP || refusedForGood
                || givingUp.hasTriedEnough(failed, nowNs)) {
            return Ending.stop(state, reason);
        }
        long waitNs = waits.interval(failed) + waits.backoff(failed);
        return handshake(failed, phase.connectionType(), 0, waitNs, nowNs).precededBy(new ReportFailure(reason),
                new FailSent(Ending.because(reason)));
    }

    /**
     * The server refused the credentials: the client tries new ones at once. If the server refuses those before a connect has
     * succeeded, a client that was never connected stops; others ask for new credentials after the backoff.
     */
    Transition withFreshCredentials(SessionState state, String connectionType, RefusedException refusal, long nowNs) {
        boolean again = state.history().credentialsRenewed();
        SessionState failed = state.failed(connectionType, refusal, true, nowNs);
        if (again && (!givingUp.goesOnWhenRefused(state.history()) || givingUp.hasTriedEnough(failed, nowNs))) {
            return Ending.stop(state, refusal);
        }
        SessionState renewed = failed.with(failed.history().renewedCredentials());
        long waitNs = again ? waits.interval(failed) + waits.backoff(failed) : 0;
        Transition anew = handshake(renewed, connectionType, 0, waitNs, nowNs).precededBy(new RenewCredentials());
        if (state.phase() instanceof Live) {
            anew = anew.precededBy(
                    failSent("The server refused the credentials; the client is asking their source for fresh ones.",
                            refusal));
        }
        return anew.precededBy(new ReportFailure(refusal));
    }

    /**
     * Sends a handshake, after a wait if the budget is spent: {@code askedNs} by the server, beside the interval, and {@code
     * waitNs} by the client.
     */
    Transition handshake(SessionState state, String connectionType, long askedNs, long waitNs, long nowNs) {
        SessionState readmitting = Fallback.readmitting(state, nowNs);
        SessionState taken = readmitting.with(state.budget().take(nowNs, waits.refill()));
        long blockedNs = taken.endpointChoice().blockedNs(taken.endpointChoice().endpoint(), nowNs);
        long leastNs = Math.max(waits.interval(taken), Math.max(askedNs, blockedNs));
        long wholeNs = Math.max(waitNs, Math.max(leastNs, waits.interval(taken) + waits.overdraft(taken)));
        // The server may have named another endpoint, at which this transport has proved unusable.
        String usable = readmitting == state && taken.isUsable(connectionType)
                ? connectionType
                : fallback.first(taken);
        return next.handshakeIn(leastNs, wholeNs - leastNs, taken, usable, nowNs);
    }
}
