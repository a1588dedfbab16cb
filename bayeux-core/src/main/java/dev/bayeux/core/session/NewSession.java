package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.RenewCredentials;
import dev.bayeux.core.session.SessionAction.TellFailure;
import org.jspecify.annotations.Nullable;

/**
 * What follows when there was a session, or nearly, and another one is needed (PROTOCOL T9). Such a handshake follows at
 * once as long as the {@link HandshakeBudget} lasts (C-23).
 */
final class NewSession {

    private final SessionSettings settings;
    private final Waits waits;
    private final NextRequest next;
    private final GivingUp givingUp;
    private final Fallback fallback;
    private final Failover failover;
    private final Ending ending;

    NewSession(SessionSettings settings, Waits waits, NextRequest next, GivingUp givingUp, Fallback fallback,
            Failover failover, Ending ending) {
        this.settings = settings;
        this.waits = waits;
        this.next = next;
        this.givingUp = givingUp;
        this.fallback = fallback;
        this.failover = failover;
        this.ending = ending;
    }

    /**
     * A6, C-28: the server does not know the session any more. One that was never connected is a failure like others:
     * the next may fare no better.
     */
    Transition afterRefusal(SessionState state, Live phase, RefusedException refusal, long nowNs) {
        if (phase.status() == ConnectionStatus.CONNECTED) {
            return afterLoss(state, phase, refusal, 0, nowNs);
        }
        SessionState failed = state.with(state.troubles().failed(refusal, true, nowNs));
        return givingUp.hasTriedEnough(failed, nowNs)
                ? ending.stop(failed, refusal)
                : afterLoss(failed, phase, refusal, 0, nowNs);
    }

    /** A2, A6, A11: the session is gone, {@code why} or by the server's friendly word. */
    Transition afterLoss(SessionState state, Live phase, @Nullable BayeuxException why, long leastNs, long nowNs) {
        return afterLoss(state, phase, why, leastNs, 0, nowNs);
    }

    /** The same after a wait; {@code leastNs} of it since the server wants it so. */
    Transition afterLoss(SessionState state, Live phase, @Nullable BayeuxException why, long leastNs, long waitNs,
            long nowNs) {
        DisconnectedException cause = new DisconnectedException(FailureKind.TRANSIENT,
                "The session was lost before the server answered; a new one is being made.", why);
        Transition anew = handshake(state.with(state.troubles().backoffReset()), phase.connectionType(), leastNs,
                waitNs, nowNs).precededBy(new FailSent(cause));
        return why == null ? anew : anew.precededBy(new TellFailure(why));
    }

    /** C-130: the transport gives no connection any more, and a session does not move from one to another. */
    Transition onAnotherTransport(SessionState state, Live phase, String connectionType, BayeuxException why,
            long nowNs) {
        SessionState without = state.with(state.troubles().backoffReset()).without(phase.connectionType());
        return handshake(without, connectionType, Waits.retryAfter(why), 0, nowNs).precededBy(new TellFailure(why),
                new FailSent(new DisconnectedException(FailureKind.TRANSIENT,
                        "The session's transport cannot be used any more; a new session is being made with another.",
                        why)));
    }

    /** The server has not answered for so long that the session is given up: one of another server is better. */
    Transition onAnotherEndpoint(SessionState state, Live phase, BayeuxException why, long nowNs) {
        Failover.Next to = failover.next(state.with(state.troubles().backoffReset()), Waits.retryAfter(why), 0, nowNs);
        return handshake(to.state(), fallback.first(to.state()), to.leastNs(), 0, nowNs).precededBy(
                new TellFailure(why),
                new FailSent(new DisconnectedException(FailureKind.TRANSIENT,
                        "The server was given up, since it did not answer; a new session is being made with another.",
                        why)));
    }

    /** A3, A4, A7, T16: the server has ended the session for good, and the program may see that differently. */
    Transition afterServersEnd(SessionState state, Live phase, BayeuxException reason, long nowNs) {
        SessionState failed = state.with(state.troubles().failed(reason, true, nowNs));
        if (settings.onServerDisconnect() == OnServerDisconnect.STOP || reason.kind() == FailureKind.AUTHENTICATION
                || givingUp.hasTriedEnough(failed, nowNs)) {
            return ending.stop(state, reason);
        }
        long waitNs = Waits.interval(failed) + waits.backoff(failed);
        return handshake(failed, phase.connectionType(), 0, waitNs, nowNs).precededBy(new TellFailure(reason),
                new FailSent(Ending.because(reason)));
    }

    /** The server does not accept who we are: fresh credentials get one try, until a connect succeeds. */
    Transition withFreshCredentials(SessionState state, String connectionType, RefusedException refusal, long nowNs) {
        if (state.troubles().credentialsRenewed()) {
            return ending.stop(state, refusal);
        }
        SessionState renewed = state.with(state.troubles().failed(refusal, true, nowNs).renewedCredentials());
        Transition anew = handshake(renewed, connectionType, 0, 0, nowNs).precededBy(new RenewCredentials());
        if (state.phase() instanceof Live) {
            anew = anew.precededBy(new FailSent(new DisconnectedException(FailureKind.TRANSIENT,
                    "The server refused the credentials; fresh ones are being asked for.", refusal)));
        }
        return anew.precededBy(new TellFailure(refusal));
    }

    /**
     * One that the budget may make wait.
     *
     * @param askedNs how long the server wants us to wait, beside the interval
     * @param waitNs how long we do
     */
    Transition handshake(SessionState state, String connectionType, long askedNs, long waitNs, long nowNs) {
        SessionState taken = state.with(state.budget().take(nowNs, waits.refill()));
        long barredNs = taken.round().barredNs(taken.round().endpoint(), nowNs);
        long leastNs = Math.max(Waits.interval(taken), Math.max(askedNs, barredNs));
        long wholeNs = Math.max(waitNs, Math.max(leastNs, Waits.interval(taken) + waits.overdraft(taken)));
        // The server may have sent us to another, with which this one has proved unusable.
        String usable = taken.isUsable(connectionType) ? connectionType : fallback.first(taken);
        return next.handshakeIn(leastNs, wholeNs - leastNs, taken, usable, nowNs);
    }
}
