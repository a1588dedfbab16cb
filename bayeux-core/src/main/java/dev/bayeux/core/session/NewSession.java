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
import dev.bayeux.core.session.SessionAction.RenewCredentials;
import dev.bayeux.core.session.SessionAction.TellFailure;
import org.jspecify.annotations.Nullable;

/**
 * What follows when there was a session, or nearly, and another one is needed (protocol.md T9). Such a handshake follows at
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

    /** A2: the server wants another session, and is as friendly as if nothing had happened. */
    Transition afterWish(SessionState state, Live phase, long nowNs) {
        return phase.status() == ConnectionStatus.CONNECTED
                ? afterLoss(state, phase, null, 0, nowNs)
                : afterFailure(state, phase, new DisconnectedException(FailureKind.TRANSIENT,
                        "The server accepted the session, and then asked for another handshake in reply to its connect"
                                + " (advice reconnect: handshake).",
                        null), 0, nowNs);
    }

    /** A6, C-28: the server does not know the session any more. */
    Transition afterRefusal(SessionState state, Live phase, RefusedException refusal, long nowNs) {
        return afterRefusal(state, phase, refusal, 0, nowNs);
    }

    /** The same after a wait that the server wants. */
    Transition afterRefusal(SessionState state, Live phase, RefusedException refusal, long leastNs, long nowNs) {
        return phase.status() == ConnectionStatus.CONNECTED
                ? afterLoss(state, phase, refusal, leastNs, nowNs)
                : afterFailure(state, phase, refusal, leastNs, nowNs);
    }

    /** A session that was never connected is a failure like others: the next may fare no better. */
    private Transition afterFailure(SessionState state, Live phase, BayeuxException why, long leastNs, long nowNs) {
        SessionState failed = state.failed(phase.connectionType(), why, true, nowNs);
        return givingUp.hasTriedEnough(failed, nowNs)
                ? ending.stop(failed, why)
                : afterLoss(failed, phase, why, leastNs, nowNs);
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
        Transition anew = handshake(state.with(state.history().backoffReset()), phase.connectionType(), leastNs,
                waitNs, nowNs).precededBy(new FailSent(cause));
        return why == null ? anew : anew.precededBy(new TellFailure(why));
    }

    /**
     * C-136: a response was lost that may have carried deliveries. The server has no more of them in this session, but
     * delivers them again to subscriptions of a new one. Whatever the client waits for already is waited for.
     *
     * @param failure what was lost, {@code null} if the listeners have heard of it
     * @param waitNs how long to wait at least
     */
    Transition afterMissedDeliveries(SessionState state, Live phase, @Nullable BayeuxException failure, long waitNs,
            long nowNs) {
        Waiting wait = phase.step() instanceof Waiting waiting ? waiting : new Waiting(nowNs, nowNs);
        long leastNs = Math.max(0, wait.leastUntilNs() - nowNs);
        long restNs = wait.untilNs() - nowNs;
        Transition anew = handshake(state.with(state.history().backoffReset()), phase.connectionType(), leastNs,
                Math.max(waitNs, restNs), nowNs).precededBy(new FailSent(deliveriesMissed(failure)));
        return failure == null ? anew : anew.precededBy(new TellFailure(failure));
    }

    static DisconnectedException deliveriesMissed(@Nullable BayeuxException failure) {
        return new DisconnectedException(FailureKind.TRANSIENT,
                "A response of the server was lost that may have carried messages; a new session begins at the positions.",
                failure);
    }

    /** C-130: the transport gives no connection any more, and a session does not move from one to another. */
    Transition onAnotherTransport(Fallback.Other other, BayeuxException why, long nowNs) {
        long waitNs = other.untried() ? 0 : waits.interval(other.state()) + waits.backoff(other.state());
        SessionState left = other.state().with(other.state().history().backoffReset());
        return handshake(left, other.connectionType(), waits.retryAfter(why), waitNs, nowNs).precededBy(
                new TellFailure(why),
                new FailSent(new DisconnectedException(FailureKind.TRANSIENT,
                        "The session's transport cannot be used any more; a new session is being made with another.",
                        why)));
    }

    /** The server has not answered for so long that the session is given up: one of another server is better. */
    Transition onAnotherEndpoint(SessionState state, Live phase, BayeuxException why, long nowNs) {
        Failover.Next to = failover.next(state.with(state.history().backoffReset()), waits.retryAfter(why), 0, nowNs);
        return handshake(to.state(), fallback.first(to.state()), to.leastNs(), 0, nowNs).precededBy(
                new TellFailure(why),
                new FailSent(new DisconnectedException(FailureKind.TRANSIENT,
                        "The server did not answer; the client is making a new session with another server.",
                        why)));
    }

    /** A3, A4, A7, T16: the server has ended the session for good, and the program may see that differently. */
    Transition afterServersEnd(SessionState state, Live phase, BayeuxException reason, long nowNs) {
        SessionState failed = state.failed(phase.connectionType(), reason, true, nowNs);
        boolean refusedForGood = reason.kind() == FailureKind.AUTHENTICATION
                && !givingUp.goesOnWhenRefused(state.history());
        if (settings.onServerDisconnect() == OnServerDisconnect.STOP || refusedForGood
                || givingUp.hasTriedEnough(failed, nowNs)) {
            return ending.stop(state, reason);
        }
        long waitNs = waits.interval(failed) + waits.backoff(failed);
        return handshake(failed, phase.connectionType(), 0, waitNs, nowNs).precededBy(new TellFailure(reason),
                new FailSent(Ending.because(reason)));
    }

    /**
     * The server does not accept who we are: fresh credentials are tried at once. If they are refused as well, before a
     * connect has succeeded, a client that was never connected stops, and others ask for fresh ones after the backoff.
     */
    Transition withFreshCredentials(SessionState state, String connectionType, RefusedException refusal, long nowNs) {
        boolean again = state.history().credentialsRenewed();
        SessionState failed = state.failed(connectionType, refusal, true, nowNs);
        if (again && (!givingUp.goesOnWhenRefused(state.history()) || givingUp.hasTriedEnough(failed, nowNs))) {
            return ending.stop(state, refusal);
        }
        SessionState renewed = failed.with(failed.history().renewedCredentials());
        long waitNs = again ? waits.interval(failed) + waits.backoff(failed) : 0;
        Transition anew = handshake(renewed, connectionType, 0, waitNs, nowNs).precededBy(new RenewCredentials());
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
        SessionState forgiving = Fallback.forgiving(state, nowNs);
        SessionState taken = forgiving.with(state.budget().take(nowNs, waits.refill()));
        long barredNs = taken.endpointChoice().barredNs(taken.endpointChoice().endpoint(), nowNs);
        long leastNs = Math.max(waits.interval(taken), Math.max(askedNs, barredNs));
        long wholeNs = Math.max(waitNs, Math.max(leastNs, waits.interval(taken) + waits.overdraft(taken)));
        // The server may have sent the client to another, with which this one has proved unusable.
        String usable = forgiving == state && taken.isUsable(connectionType)
                ? connectionType
                : fallback.first(taken);
        return next.handshakeIn(leastNs, wholeNs - leastNs, taken, usable, nowNs);
    }
}
