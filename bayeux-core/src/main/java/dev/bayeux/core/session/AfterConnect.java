package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.SessionAction.TellFailure;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What follows the end of a connect, and of the restoration that goes before the first: table 4-A, T7 to T11. */
final class AfterConnect {

    /** A connect that is answered within this time was not held. */
    private static final long AT_ONCE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SessionSettings settings;
    private final Waits waits;
    private final NextRequest next;
    private final NewSession newSession;
    private final GivingUp givingUp;
    private final Fallback fallback;
    private final Failover failover;
    private final Ending ending;

    AfterConnect(SessionSettings settings, Waits waits, NextRequest next, NewSession newSession, GivingUp givingUp,
            Fallback fallback, Failover failover, Ending ending) {
        this.settings = settings;
        this.waits = waits;
        this.next = next;
        this.newSession = newSession;
        this.givingUp = givingUp;
        this.fallback = fallback;
        this.failover = failover;
        this.ending = ending;
    }

    /** T7; or, if a connect has succeeded already and only the subscriptions were missing, T8. */
    Transition restored(SessionState state, Live phase, long nowNs) {
        Live live = phase.asRestored();
        return live.status() == ConnectionStatus.HANDSHAKEN
                ? next.goOnIn(Waits.interval(state), 0, state, live, nowNs)
                : connected(state, live, nowNs);
    }

    Transition answered(SessionState state, Live phase, ConnectAnswered answer, long nowNs) {
        SessionState advised = failover.directed(state.with(state.advice().merge(answer.reply().advice())),
                answer.reply(), nowNs);
        return answer.reply().isSuccessful()
                ? succeeded(advised, Acknowledgement.received(phase, answer.reply().ext()), answer, nowNs)
                : refused(advised, phase, answer.reply(), nowNs);
    }

    /** A1 to A4. */
    private Transition succeeded(SessionState state, Live phase, ConnectAnswered answer, long nowNs) {
        IncomingMessage reply = answer.reply();
        if (reply.reconnect() == Reconnect.HANDSHAKE) {
            return newSession.afterLoss(state, phase, null, 0, nowNs);
        }
        if (saysStop(reply)) {
            return newSession.afterServersEnd(state, phase, new DisconnectedException(FailureKind.PERMANENT,
                    "The server asked not to connect again (advice reconnect: none, or a negative interval).", null),
                    nowNs);
        }
        if (!phase.restored()) {
            // The requests that restore subscriptions were lost; the session is here, so they are sent again.
            return next.restore(state, phase.with(ConnectionStatus.CONNECTING, phase.step()));
        }
        return connected(state.with(patience(state.troubles(), phase, answer, nowNs)), phase, nowNs);
    }

    /** T8. */
    private Transition connected(SessionState state, Live phase, long nowNs) {
        SessionState well = state.with(state.troubles().connected());
        long leastNs = Math.max(Waits.interval(well), waits.slowDown(well));
        return next.goOnIn(leastNs, 0, well,
                phase.with(ConnectionStatus.CONNECTED, phase.step()), nowNs);
    }

    /** Only a connect that the server was free to hold can show that it does not: the one of a CONNECTED client. */
    private static Troubles patience(Troubles troubles, Live phase, ConnectAnswered answer, long nowNs) {
        return phase.status() == ConnectionStatus.CONNECTED && phase.step() instanceof Asking asking
                ? troubles.answered(answer.deliveries() == 0 && nowNs - asking.sinceNs() < AT_ONCE_NS)
                : troubles;
    }

    /** A4 to A9. The advice decides; only where it is silent does the text of the error (C-97). */
    private Transition refused(SessionState state, Live phase, IncomingMessage reply, long nowNs) {
        RefusedException refusal = Refusal.of(reply, phase.clientId());
        Reconnect word = reply.reconnect();
        if (word == Reconnect.HANDSHAKE || word == null && !saysStop(reply) && Refusal.meansLostSession(reply)) {
            return newSession.afterRefusal(state, phase, refusal, nowNs);
        }
        if (refusal.kind() == FailureKind.AUTHENTICATION && settings.hasCredentials()) {
            return newSession.withFreshCredentials(state, phase.connectionType(), refusal, nowNs);
        }
        if (saysStop(reply)) {
            return newSession.afterServersEnd(state, phase, refusal, nowNs);
        }
        return broken(state.with(state.troubles().failed(refusal, word != null, nowNs)), phase, refusal, nowNs);
    }

    /** A10, also for the requests that restore subscriptions. */
    Transition lost(SessionState state, Live phase, BayeuxException failure, long nowNs) {
        if (isUnreadableAgain(state, phase, failure)) {
            MalformedMessageException twice = new MalformedMessageException(failure.getMessage()
                    + " The reply before it could not be read either, so a new session is made. The messages that the server held for the old one, beyond those that could be read, are missing.",
                    failure);
            SessionState failed = state.with(state.troubles().failed(twice, false, nowNs));
            return newSession.afterLoss(failed, phase, twice, 0, waits.backoff(failed), nowNs);
        }
        SessionState failed = state.with(state.troubles().failed(failure, false, nowNs));
        return isSentAgain(phase, failure)
                ? newSession.afterLoss(failed, phase, failure, 0, waits.backoff(failed), nowNs)
                : broken(failed, phase, failure, nowNs);
    }

    /** What was too large is not acknowledged, so the server would send it again, with more behind it, for ever. */
    private static boolean isSentAgain(Live phase, BayeuxException failure) {
        return phase.acknowledged() != null && failure instanceof TransportException transport
                && transport.problem() == Problem.TOO_LARGE;
    }

    /** What cannot be read is not acknowledged: a server that sends it once more as it was would do so for ever. */
    private static boolean isUnreadableAgain(SessionState state, Live phase, BayeuxException failure) {
        return phase.acknowledged() != null && failure instanceof MalformedMessageException
                && state.troubles().row().last() instanceof MalformedMessageException;
    }

    /** A5, A10, A11: the session may still live; it is tried again, unless it must have expired. */
    private Transition broken(SessionState counted, Live phase, BayeuxException failure, long nowNs) {
        long retryAfterNs = Waits.retryAfter(failure);
        // Also for a handshake, should the session be lost meanwhile.
        SessionState failed = retryAfterNs > 0 ? counted.with(counted.round().barred(nowNs + retryAfterNs)) : counted;
        Optional<String> other = fallback.afterConnect(failed, phase.connectionType());
        if (other.isPresent() && !givingUp.hasTriedEnough(failed, nowNs)) {
            return newSession.onAnotherTransport(failed, phase, other.get(), failure, nowNs);
        }
        if (givingUp.after(failure, failed, nowNs)) {
            return ending.stop(failed, failure);
        }
        if (failover.mustLeave(failed, nowNs)) {
            return newSession.onAnotherEndpoint(failed, phase, failure, nowNs);
        }
        Live broken = phase.broken(nowNs);
        long backoffNs = waits.backoff(failed);
        if (nowNs - broken.brokenSinceNs() + backoffNs > failed.advice().expiryNs()) {
            return newSession.afterLoss(failed, broken, failure, retryAfterNs, nowNs);
        }
        long leastNs = Math.max(Waits.interval(failed), retryAfterNs);
        return next.goOnIn(leastNs, Math.max(0, Waits.interval(failed) + backoffNs - leastNs), failed, broken, nowNs)
                .precededBy(new TellFailure(failure));
    }

    /** A3, A4, A7. */
    private static boolean saysStop(IncomingMessage reply) {
        Advice advice = reply.advice();
        return reply.reconnect() == Reconnect.NONE || reply.reconnect() != Reconnect.HANDSHAKE && advice != null
                && advice.intervalMs() != null && advice.intervalMs() < 0;
    }
}
