package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.Phase.Abandoning;
import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Disconnected;
import dev.bayeux.core.session.Phase.Disconnecting;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Receiving;
import dev.bayeux.core.session.Phase.Restoring;
import dev.bayeux.core.session.Phase.Step;
import dev.bayeux.core.session.Phase.Suspended;
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.Advised;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.DeliveriesMissed;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.ReplyReceived;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import org.jspecify.annotations.Nullable;

/**
 * Decides the state of a session: a function from a state, an event and the time to a new state and actions (protocol.md 4.1
 * to 4.4, tables 4-A, 4-B and T1 to T21). Never throws, whatever the server sends.
 *
 * <p>This class decides which event counts in which phase; any other pair changes nothing (C-35). The next steps are in
 * {@link AfterHandshake}, {@link AfterConnect}, {@link NewSession} and {@link Ending}.
 *
 * <p>No input can make a client send more often than its {@link Waits} allow. {@link RequestBudget#HANDSHAKES} bounds the
 * handshakes that replace a session, the backoff bounds attempts after failures, and {@link RequestBudget#CONNECTS} bounds
 * connects that serve no subscriber.
 */
public final class SessionMachine {

    private final SessionSettings settings;
    private final Waits waits;
    private final NextRequest next;
    private final Failover failover;
    private final NewSession newSession;
    private final AfterHandshake afterHandshake;
    private final AfterConnect afterConnect;
    private final ConnectionCheck connectionCheck;
    private final Suspending suspending;

    public SessionMachine(SessionSettings settings) {
        Fallback fallback = new Fallback(settings.connectionTypes());
        this.failover = new Failover(settings.endpoints());
        this.settings = settings;
        this.waits = new Waits(settings.backoff(), settings.longestServerWait());
        this.next = new NextRequest(settings);
        this.newSession = new NewSession(settings, waits, next, new GivingUp(settings), fallback, failover);
        this.connectionCheck = new ConnectionCheck(waits, next);
        this.suspending = new Suspending(settings, waits, next, newSession);
        this.afterHandshake = new AfterHandshake(settings, waits, next, newSession, fallback, failover);
        this.afterConnect = new AfterConnect(settings, waits, next, newSession, fallback, failover);
    }

    public Transition step(SessionState state, SessionEvent event, long nowNs) {
        return switch (state.phase()) {
            case Disconnected phase -> whenDisconnected(state, event, nowNs);
            case Handshaking phase -> whenHandshaking(state, phase, event, nowNs);
            case Live phase -> whenLive(state, phase, event, nowNs);
            case Disconnecting phase -> whenDisconnecting(state, phase, event, nowNs);
            case Abandoning phase -> whenAbandoning(state, phase, event, nowNs);
            case Suspended phase -> whenSuspended(state, phase, event, nowNs);
        };
    }

    /** T1, C-38: discards the former state. */
    private Transition whenDisconnected(SessionState state, SessionEvent event, long nowNs) {
        if (!(event instanceof ConnectWanted)) {
            return Transition.to(state);
        }
        RequestBudget budget = RequestBudget.full(RequestBudget.HANDSHAKES, nowNs).take(nowNs, waits.refill());
        SessionState fresh = new SessionState(state.phase(), StoredAdvice.DEFAULT, FailureHistory.NONE,
                EndpointChoice.FIRST, budget,
                state.serial(), state.seed());
        return next.handshake(fresh, false, settings.connectionTypes().getFirst(), nowNs);
    }

    private Transition whenHandshaking(SessionState state, Handshaking phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case HandshakeAnswered answer when isAwaited(answer.reply().id(), phase.step()) ->
                afterHandshake.answered(state, phase, answer, nowNs);
            case Lost(var id, var failure) when isAwaited(id, phase.step()) ->
                afterHandshake.lost(state, phase, failure, nowNs);
            case TimeReached time when phase.step() instanceof Waiting(var untilNs, var leastNs) && untilNs <= nowNs ->
                next.handshake(state, phase.again(), phase.connectionType(), nowNs);
            case ConnectionCheckWanted check -> connectionCheck.when(state, phase, nowNs);
            case SuspendWanted suspend -> suspending.suspend(state, phase, nowNs);
            case DisconnectWanted(var lingerNs) -> Ending.abandon(state, phase, nowNs + lingerNs);
            case Aborted now -> Ending.stop(state, null);
            default -> Transition.to(state);
        };
    }

    private Transition whenLive(SessionState state, Live phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case Delivered(var count, var served) -> delivered(state, phase, count, served);
            case Restored(var serial) when phase.step().equals(new Restoring(serial)) ->
                afterConnect.restored(state, phase, nowNs);
            case RestoringFailed(var serial, var failure) when phase.step().equals(new Restoring(serial)) ->
                afterConnect.lost(state, phase, failure, nowNs);
            case ConnectAnswered answer when isAwaited(answer.reply().id(), phase.step()) ->
                afterConnect.answered(state, phase, answer, nowNs);
            case Lost(var id, var failure) when isAwaited(id, phase.step()) ->
                afterConnect.lost(state, phase, failure, nowNs);
            case TimeReached time when phase.step() instanceof Receiving(var more, var untilNs) && untilNs <= nowNs ->
                next.restore(state, phase);
            case TimeReached time when phase.step() instanceof Waiting(var untilNs, var leastNs) && untilNs <= nowNs ->
                next.goOn(state, phase, nowNs);
            case Advised(var message) -> advised(state, phase, message, nowNs);
            case ReplyReceived(var reply) when phase.step() instanceof Waiting waiting ->
                replyReceived(state, phase, waiting, reply, nowNs);
            case ReplyReceived(var reply) when phase.status() == ConnectionStatus.RECONNECTING
                    && provesLostSession(reply) ->
                afterReply(state, phase, reply, 0, nowNs);
            case ServerDisconnected(var message) -> serverDisconnected(state, phase, message, nowNs);
            case ConnectionCheckWanted check -> connectionCheck.when(state, phase, nowNs);
            case DeliveriesMissed(var failure) -> newSession.afterMissedDeliveries(state, phase, failure,
                    failure == null ? 0 : waits.increment(), nowNs);
            case SuspendWanted suspend -> suspending.suspend(state, phase, nowNs);
            case DisconnectWanted(var lingerNs) -> Ending.disconnect(state, phase, nowNs + lingerNs);
            case Aborted now -> Ending.stop(state, null);
            default -> Transition.to(state);
        };
    }

    /** C-12; the next answered connect counts as having served a subscriber. */
    private Transition delivered(SessionState state, Live phase, int count, int served) {
        if (phase.step() instanceof Receiving(var more, var untilNs)) {
            return count < more
                    ? Transition.to(state.in(phase.with(new Receiving(more - count, untilNs))))
                    : next.restore(state, phase);
        }
        return Transition.to(served > 0 ? state.with(state.history().served()) : state);
    }

    /**
     * C-138: a reply to another request proves that the server is available, and whether it knows the session. It ends a wait
     * of the client, but no wait that the server asked for. The budget of handshakes bounds both. A refusal also ends the
     * connect in flight that shall tell whether the session has survived a failure, so that the refused message leaves in the
     * next session and does not fail.
     */
    private Transition replyReceived(SessionState state, Live phase, Waiting waiting, IncomingMessage reply,
            long nowNs) {
        long leastNs = Math.max(0, waiting.leastUntilNs() - nowNs);
        if (reply.reconnect() != null || waiting.untilNs() - nowNs <= leastNs && reply.isSuccessful()) {
            return Transition.to(state);
        }
        if (provesLostSession(reply)) {
            return afterReply(state, phase, reply, leastNs, nowNs);
        }
        RequestBudget budget = state.budget().take(nowNs, waits.refill());
        return reply.isSuccessful() && phase.status() == ConnectionStatus.RECONNECTING && budget.overdrawn() == 0
                ? next.goOnIn(leastNs, 0, state.with(budget), phase, nowNs)
                : Transition.to(state);
    }

    private static boolean provesLostSession(IncomingMessage reply) {
        return reply.reconnect() == null && Boolean.FALSE.equals(reply.successful())
                && Refusal.meansLostSession(reply);
    }

    private Transition afterReply(SessionState state, Live phase, IncomingMessage reply, long leastNs, long nowNs) {
        return newSession.afterRefusal(state, phase, Refusal.of(reply, phase.clientId(), settings.server(state)),
                leastNs, nowNs);
    }

    /** C-24, C-28: advice counts in any message; its {@code reconnect} only in a refusal, and only if it is {@code handshake}. */
    private Transition advised(SessionState state, Live phase, IncomingMessage message, long nowNs) {
        SessionState advised = state.with(state.advice().merge(message.advice()));
        return isLostSession(message)
                ? newSession.afterRefusal(failover.directed(advised, message, nowNs), phase,
                        Refusal.of(message, phase.clientId(), settings.server(state)), 0, nowNs)
                : Transition.to(advised);
    }

    /** T16. */
    private Transition serverDisconnected(SessionState state, Live phase, IncomingMessage message, long nowNs) {
        SessionState advised = state.with(state.advice().merge(message.advice()));
        return newSession.afterServersEnd(advised, phase, disconnectedByServer(state), nowNs);
    }

    private DisconnectedException disconnectedByServer(SessionState state) {
        return new DisconnectedException(FailureKind.PERMANENT,
                "%s ended the session with a /meta/disconnect. With onServerDisconnect(RECONNECT) the client makes a new one."
                        .formatted(settings.server(state)),
                null);
    }

    private Transition whenSuspended(SessionState state, Suspended phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case ResumeWanted resume -> suspending.resume(state, phase, nowNs);
            case ConnectWanted resume -> suspending.resume(state, phase, nowNs);
            case Advised(var message) when isLostSession(message) ->
                suspending.lost(state, phase, Refusal.of(message, state.clientId().orElse(""), settings.server(state)));
            case DeliveriesMissed(var failure) ->
                suspending.missed(waits.blocking(state, failure, nowNs), phase);
            case ServerDisconnected ended -> suspending.endedByServer(state, phase, disconnectedByServer(state));
            case DisconnectWanted(var lingerNs) -> suspending.disconnect(state, phase, nowNs + lingerNs);
            case Aborted now -> Ending.stop(state, null);
            default -> Transition.to(state);
        };
    }

    private static boolean isLostSession(IncomingMessage message) {
        return Boolean.FALSE.equals(message.successful()) && message.reconnect() == Reconnect.HANDSHAKE;
    }

    private Transition whenDisconnecting(SessionState state, Disconnecting phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case DisconnectEnded ended -> Ending.disconnectEnded(state, phase, nowNs);
            case DeliveriesMissed missed -> Transition.to(state.in(phase.missing()));
            case ConnectAnswered answer when isAwaited(answer.reply().id(), phase.connectId()) ->
                Ending.lastConnectEnded(state, phase);
            case Lost(var id, var failure) when isAwaited(id, phase.connectId()) ->
                Ending.lastConnectEnded(state, phase);
            case TimeReached time when phase.untilNs() <= nowNs -> Ending.stop(state, null);
            case Aborted now -> Ending.stop(state, null);
            default -> Transition.to(state);
        };
    }

    private Transition whenAbandoning(SessionState state, Abandoning phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case HandshakeAnswered answer when isAwaited(answer.reply().id(), phase.handshakeId()) ->
                Ending.abandonedAndAnswered(state, phase, answer);
            case Lost(var id, var failure) when isAwaited(id, phase.handshakeId()) -> Ending.abandoned(state);
            case TimeReached time when phase.untilNs() <= nowNs -> Ending.abandoned(state);
            case Aborted now -> Ending.stop(state, null);
            default -> Transition.to(state);
        };
    }

    // T18: only a reply to the request in flight counts

    private static boolean isAwaited(@Nullable String id, Step step) {
        return step instanceof Asking asking && asking.id().equals(id);
    }

    private static boolean isAwaited(@Nullable String id, @Nullable String outstanding) {
        return id != null && id.equals(outstanding);
    }
}
