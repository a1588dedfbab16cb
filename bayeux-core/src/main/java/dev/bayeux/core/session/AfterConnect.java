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
import dev.bayeux.core.message.BrokenDeliveryException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.SessionAction.ReportFailure;
import dev.bayeux.core.session.SessionAction.ReportRenewed;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import java.util.Optional;

/** Decides after a connect has ended, or the restoration before the first connect: table 4-A, T7 to T11. */
record AfterConnect(SessionSettings settings, Waits waits, NextRequest next, NewSession newSession, Fallback fallback,
        Failover failover) {

    /** T7; or, if a connect has succeeded already and only the subscriptions were missing, T8. */
    Transition restored(SessionState state, Live phase, long nowNs) {
        Live live = phase.asRestored();
        Transition on = live.status() == ConnectionStatus.HANDSHAKEN
                ? next.goOnIn(waits.interval(state), 0, state, live, nowNs)
                : connected(state, live, nowNs);
        return state.history().everConnected() ? on.precededBy(new ReportRenewed()) : on;
    }

    Transition answered(SessionState state, Live phase, ConnectAnswered answer, long nowNs) {
        SessionState advised = failover.directed(state.with(state.advice().merge(answer.reply().advice())),
                answer.reply(), nowNs);
        return answer.reply().isSuccessful()
                ? succeeded(advised, phase, answer, nowNs)
                : refused(advised, phase, answer.reply(), settings.server(state), nowNs);
    }

    /** A1 to A4. */
    private Transition succeeded(SessionState state, Live asked, ConnectAnswered answer, long nowNs) {
        IncomingMessage reply = answer.reply();
        Live phase = Acknowledgement.received(asked, reply.ext());
        if (reply.reconnect() == Reconnect.HANDSHAKE) {
            return newSession.afterAdvice(state, phase, nowNs);
        }
        if (Refusal.saysStop(reply)) {
            return newSession.afterServersEnd(state, phase, new DisconnectedException(FailureKind.PERMANENT,
                    "%s asked not to connect again (advice reconnect: none, or a negative interval). The server's log may say why."
                            .formatted(settings.server(state)),
                    null),
                    nowNs);
        }
        if (!phase.restored()) {
            // The session exists, so the lost requests that restore subscriptions are retransmitted.
            return next.restore(state, phase.with(ConnectionStatus.CONNECTING, phase.step()));
        }
        return connected(state.with(idleConnects(state.history(), asked, answer, nowNs)), phase, nowNs);
    }

    /** T8. */
    private Transition connected(SessionState state, Live phase, long nowNs) {
        SessionState well = state.with(state.history().connected(state.use(phase.connectionType())));
        long leastNs = waits.interval(well);
        return next.goOnIn(leastNs, Math.max(0, waits.slowDown(well, nowNs) - leastNs), well,
                phase.with(ConnectionStatus.CONNECTED, phase.step()), nowNs);
    }

    /** Only the connect of a CONNECTED client can show that the server does not hold connects. */
    private FailureHistory idleConnects(FailureHistory history, Live phase, ConnectAnswered answer, long nowNs) {
        boolean served = (answer.deliveries() > 0 || history.servedSince())
                && !Acknowledgement.isRepeated(phase, answer.reply().ext());
        return phase.status() == ConnectionStatus.CONNECTED
                ? history.answered(served, nowNs, waits.increment())
                : history;
    }

    /** A4 to A9. The advice decides; without advice, the text of the error decides (C-97). */
    private Transition refused(SessionState state, Live phase, IncomingMessage reply, String server, long nowNs) {
        RefusedException refusal = Refusal.of(reply, phase.clientId(), server);
        Reconnect word = reply.reconnect();
        if (word == Reconnect.HANDSHAKE
                || word == null && !Refusal.saysStop(reply) && Refusal.meansLostSession(reply)) {
            return newSession.afterRefusal(state, phase, refusal, 0, nowNs);
        }
        if (refusal.kind() == FailureKind.AUTHENTICATION && settings.hasCredentials()) {
            return newSession.withFreshCredentials(state, phase.connectionType(), refusal, nowNs);
        }
        if (Refusal.saysStop(reply)) {
            return newSession.afterServersEnd(state, phase, refusal, nowNs);
        }
        Advice advice = reply.advice();
        long askedNs = advice == null ? 0 : waits.interval(state);
        return broken(state.failed(phase.connectionType(), refusal, word != null, nowNs), phase, refusal, askedNs,
                nowNs);
    }

    /** A10, also for the requests that restore subscriptions. */
    Transition lost(SessionState state, Live phase, BayeuxException failure, long nowNs) {
        if (isUnreadableAgain(state, phase, failure)) {
            MalformedMessageException twice = new MalformedMessageException(failure.getMessage()
                    + " The reply before it had the same broken message, so the client is making a new session. Of the messages that the server kept for the old one, those that the client could not read are lost.",
                    failure);
            SessionState failed = state.failed(phase.connectionType(), twice, false, nowNs);
            return withoutUnread(failed, phase, twice, nowNs);
        }
        SessionState failed = state.failed(phase.connectionType(), failure, false, nowNs);
        return isSentAgain(phase, failure)
                ? withoutUnread(failed, phase, failure, nowNs)
                : broken(failed, phase, failure, waits.retryAfter(failure), nowNs);
    }

    /** Abandons a session whose server would send the same reply for ever. */
    private Transition withoutUnread(SessionState failed, Live phase, BayeuxException failure, long nowNs) {
        Transition anew = newSession.afterLoss(failed, phase, failure, 0, waits.backoff(failed), nowNs);
        return NewSession.leaving(anew, failed, phase.clientId(), phase.connectionType(), nowNs);
    }

    /** A reply that is too large is not acknowledged, so the server would retransmit it, growing, for ever. */
    private static boolean isSentAgain(Live phase, BayeuxException failure) {
        return phase.acknowledged() != null && failure instanceof TransportException transport
                && transport.problem() == Problem.TOO_LARGE;
    }

    /**
     * A reply with a broken delivery is not acknowledged, so a server that retransmits the delivery once would do so for ever.
     * A reply that a network has cut off, or a proxy has replaced, may be whole the next time.
     */
    private static boolean isUnreadableAgain(SessionState state, Live phase, BayeuxException failure) {
        BrokenDeliveryException broken = BrokenDeliveryException.of(failure);
        return phase.acknowledged() != null && broken != null
                && broken.isSameAs(BrokenDeliveryException.of(state.history().consecutive().last()));
    }

    /** A5, A10, A11: the session may still exist, so the client retries it, unless it must have expired. */
    private Transition broken(SessionState counted, Live phase, BayeuxException failure, long askedNs, long nowNs) {
        long retryAfterNs = waits.retryAfter(failure);
        SessionState failed = waits.blocking(counted, failure, nowNs);
        Optional<Fallback.Other> other = fallback.afterConnect(failed, phase.connectionType(), nowNs);
        if (other.isPresent() && !newSession.givingUp().hasTriedEnough(failed, nowNs)) {
            return newSession.onAnotherTransport(other.get(), phase, failure, nowNs);
        }
        if (newSession.givingUp().after(failure, failed, nowNs)) {
            return Ending.giveUp(failed, failure, phase.clientId(), phase.connectionType());
        }
        if (failover.mustLeave(failed, waits.isLong(askedNs), nowNs)) {
            return newSession.onAnotherEndpoint(failed, phase, failure, nowNs);
        }
        Live broken = phase.broken(nowNs);
        long backoffNs = waits.backoff(failed);
        if (nowNs - broken.brokenSinceNs() + backoffNs > failed.advice().expiryNs()) {
            return newSession.afterLoss(failed, broken, failure, retryAfterNs, 0, nowNs);
        }
        long leastNs = Math.max(waits.interval(failed), retryAfterNs);
        return next.goOnIn(leastNs, Math.max(0, waits.interval(failed) + backoffNs - leastNs), failed, broken, nowNs)
                .precededBy(new ReportFailure(failure));
    }
}
