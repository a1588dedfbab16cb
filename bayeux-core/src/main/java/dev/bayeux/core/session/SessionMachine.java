package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Advice;
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
import dev.bayeux.core.session.Phase.Waiting;
import dev.bayeux.core.session.SessionAction.End;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionAction.FailQueued;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.RenewCredentials;
import dev.bayeux.core.session.SessionAction.Restore;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendDisconnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionAction.TellFailure;
import dev.bayeux.core.session.SessionAction.TellRenewed;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import dev.bayeux.core.session.SessionEvent.ServerDisconnected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client does next: a state and an event and the time go in, a state and actions come out (PROTOCOL 4.1
 * to 4.4, tables 4-A, 4-B and T1 to T21). It never throws, whatever the server says.
 *
 * <p>Waits are bounded from below here, so no input can make a client send more often than its backoff allows:
 * handshakes by {@link HandshakeBudget}, failed connects by the backoff, connects that are answered at once with nothing
 * by {@link #PATIENCE}.
 */
public final class SessionMachine {

    /** So many connects in a row may be answered at once and with nothing before the client slows down. */
    static final int PATIENCE = 10;

    /** So many hopeless failures in a row end the trying of a client that was never connected. */
    static final int HOPELESS = 3;

    /** A connect that is answered within this time was not held. */
    private static final long AT_ONCE_NS = 100_000_000;

    /** A server that asks for more is tried again after a day. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** No answer of a server can make the client wait longer. */
    private static final long LONGEST_WAIT_NS = Duration.ofDays(7).toNanos();

    private final SessionSettings settings;

    /**
     * For one client.
     *
     * @param settings what of its settings matters here
     */
    public SessionMachine(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes one event.
     *
     * @param state where the client is
     * @param event what happened
     * @param nowNs when, on a clock that never goes back
     * @return where it is now, and what to do
     */
    public Transition step(SessionState state, SessionEvent event, long nowNs) {
        return switch (event) {
            case SessionEvent.Aborted aborted -> abort(state);
            case SessionEvent.ConnectWanted wanted when state.phase() instanceof Disconnected -> open(state, nowNs);
            case SessionEvent.ConnectWanted wanted -> Transition.to(state);
            default -> switch (state.phase()) {
                case Disconnected none -> Transition.to(state);
                case Handshaking handshaking -> whenHandshaking(state, handshaking, event, nowNs);
                case Live live -> whenLive(state, live, event, nowNs);
                case Disconnecting ending -> whenDisconnecting(state, ending, event, nowNs);
                case Abandoning ending -> whenAbandoning(state, ending, event, nowNs);
            };
        };
    }

    // DISCONNECTED

    private Transition open(SessionState state, long nowNs) {
        SessionState fresh = new SessionState(state.phase(), StoredAdvice.DEFAULT, Troubles.NONE,
                HandshakeBudget.full(nowNs).take(nowNs, refillNs()), state.serial(), state.seed());
        return handshake(fresh, false, settings.connectionTypes().getFirst(), nowNs, List.of());
    }

    private Transition abort(SessionState state) {
        if (state.phase() instanceof Disconnected) {
            return Transition.to(state);
        }
        DisconnectedException cause = ended(null);
        return Transition.to(state.in(new Disconnected(null)), new FailSent(cause), new FailQueued(cause), new End());
    }

    // HANDSHAKING, REHANDSHAKING

    private Transition whenHandshaking(SessionState state, Handshaking phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case HandshakeAnswered(var reply) when isAwaited(phase.step(), reply.id()) -> reply.isSuccessful()
                    ? accepted(state, phase, reply, nowNs)
                    : refused(state, phase, reply, nowNs);
            case Lost(var id, var failure) when isAwaited(phase.step(), id) ->
                handshakeLost(state, phase, failure, nowNs);
            case SessionEvent.TimeReached time when phase.step() instanceof Waiting(var until)
                    && until <= nowNs ->
                handshake(state, phase.again(), phase.connectionType(), nowNs, List.of());
            case DisconnectWanted(var lingerNs) -> abandon(state, phase, lingerNs, nowNs);
            default -> Transition.to(state);
        };
    }

    private Transition handshake(SessionState state, boolean again, String connectionType, long nowNs,
            List<SessionAction> before) {
        SessionState counted = state.counted();
        String id = "h" + counted.serial();
        List<SessionAction> actions = new ArrayList<>(before);
        actions.add(new SendHandshake(id, connectionType));
        return new Transition(counted.in(new Handshaking(again, connectionType, new Asking(id, nowNs))),
                actions);
    }

    /** Table 4-B, B1 and B2; C-04 to C-08, C-10. */
    private Transition accepted(SessionState state, Handshaking phase, IncomingMessage reply, long nowNs) {
        SessionState advised = state.with(StoredAdvice.DEFAULT.merge(reply.advice()));
        if (reply.reconnect() == Reconnect.NONE) {
            return stop(advised, new DisconnectedException(FailureKind.PERMANENT,
                    "The server accepted the handshake and asked not to connect (advice reconnect: none).", null));
        }
        if (reply.clientId() == null || reply.clientId().isEmpty()) {
            return tryHandshakeAgain(state.with(state.advice().merge(reply.advice())), phase,
                    new MalformedMessageException("The server accepted the handshake and gave no clientId.", null),
                    false, nowNs);
        }
        List<String> offered = reply.supportedConnectionTypes();
        String chosen = offered == null || offered.isEmpty()
                ? phase.connectionType()
                : usable(state).stream().filter(offered::contains).findFirst().orElse(null);
        if (chosen == null) {
            return stop(state, new ConfigurationException(
                    "No transport in common: the server offers %s, this client has %s. Add a transport of one of the server's types."
                            .formatted(offered, settings.connectionTypes())));
        }
        boolean renewed = phase.again() && state.troubles().everConnected();
        SessionState next = advised.with(state.troubles().backoffReset());
        Step step = reply.xMessages() > 0
                ? new Receiving(reply.xMessages(), nowNs + settings.replyTimeout().toNanos())
                : new Waiting(nowNs);
        Live live = new Live(ConnectionStatus.HANDSHAKEN, reply.clientId(), chosen, false, nowNs, step);
        Transition on = reply.xMessages() > 0 ? Transition.to(next.in(live)) : restore(next, live);
        return renewed ? before(on, new TellRenewed()) : on;
    }

    /** Table 4-B, B3 and B4; a refusal of who we are gets one try with fresh credentials. */
    private Transition refused(SessionState state, Handshaking phase, IncomingMessage reply, long nowNs) {
        RefusedException refusal = Refusal.of(reply, "");
        SessionState next = state.with(state.advice().merge(reply.advice()));
        if (refusal.kind() == FailureKind.AUTHENTICATION && settings.hasCredentials()) {
            return renewCredentials(next, phase.connectionType(), refusal, nowNs);
        }
        if (reply.reconnect() == Reconnect.NONE) {
            return stop(next, refusal);
        }
        return tryHandshakeAgain(next, phase, refusal, reply.reconnect() != null, nowNs);
    }

    /** Table 4-B, B5. Another transport needs no backoff (C-103), and each is given up once. */
    private Transition handshakeLost(SessionState state, Handshaking phase, BayeuxException failure, long nowNs) {
        List<String> others = usable(state).stream().filter(type -> !type.equals(phase.connectionType())).toList();
        SessionState failed = state.with(state.troubles().failed(failure, false, nowNs));
        if (others.isEmpty() || !provesUnusable(failure, state) || isTheEnd(failed, failure, nowNs)) {
            return tryHandshakeAgain(state, phase, failure, false, nowNs);
        }
        SessionState next = failed.with(failed.troubles().without(phase.connectionType()));
        long wait = intervalNs(next);
        return wait <= 0
                ? handshake(next, true, others.getFirst(), nowNs, List.of(new TellFailure(failure)))
                : Transition.to(next.in(new Handshaking(true, others.getFirst(), new Waiting(nowNs + wait))),
                        new TellFailure(failure));
    }

    private List<String> usable(SessionState state) {
        return settings.connectionTypes().stream().filter(type -> !state.troubles().unusable().contains(type)).toList();
    }

    /**
     * C-128: something answered, and it does not speak Bayeux over this transport. Where nothing could be reached the
     * other transports would reach no more, and a transport that has worked stays in use.
     */
    private static boolean provesUnusable(BayeuxException failure, SessionState state) {
        return failure.kind() == FailureKind.PERMANENT && !state.troubles().everConnected()
                && !(failure instanceof TransportException transport && transport.notSent());
    }

    /** Table 4-B, B3 and B5: never sooner than the backoff. */
    private Transition tryHandshakeAgain(SessionState state, Handshaking phase, BayeuxException failure,
            boolean passes, long nowNs) {
        SessionState failed = state.with(state.troubles().failed(failure, passes, nowNs));
        if (isTheEnd(failed, failure, nowNs)) {
            return stop(failed, failure);
        }
        SessionState next = failed.shuffled();
        long wait = Math.max(intervalNs(next) + backoffNs(failed.troubles().backoffRow(), failed),
                retryAfterNs(failure));
        return Transition.to(
                next.in(new Handshaking(true, phase.connectionType(), new Waiting(nowNs + wait))),
                new TellFailure(failure));
    }

    /** T13: a reply that still comes with a session must not leave that session behind on the server. */
    private Transition abandon(SessionState state, Handshaking phase, long lingerNs, long nowNs) {
        DisconnectedException cause = ended(null);
        if (phase.step() instanceof Asking asking) {
            return Transition.to(state.in(new Abandoning(phase.connectionType(), asking.id(), nowNs + lingerNs)),
                    new FailQueued(cause));
        }
        return stop(state, null);
    }

    private Transition whenAbandoning(SessionState state, Abandoning phase, SessionEvent event, long nowNs) {
        Transition over = Transition.to(state.in(new Disconnected(null)), new End());
        return switch (event) {
            case HandshakeAnswered(var reply) when phase.handshakeId().equals(reply.id()) -> {
                String clientId = reply.clientId();
                yield reply.isSuccessful() && clientId != null && !clientId.isEmpty()
                        ? before(over, new EndUnwantedSession(clientId, phase.connectionType()))
                        : over;
            }
            case Lost(var id, var failure) when phase.handshakeId().equals(id) -> over;
            case SessionEvent.TimeReached time when phase.untilNs() <= nowNs -> over;
            default -> Transition.to(state);
        };
    }

    // HANDSHAKEN, CONNECTING, CONNECTED, UNCONNECTED

    private Transition whenLive(SessionState state, Live phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case ConnectAnswered(var reply, var deliveries) when isAwaited(phase.step(), reply.id()) ->
                reply.isSuccessful()
                        ? connected(state, phase, reply, deliveries, nowNs)
                        : connectRefused(state, phase, reply, nowNs);
            case Lost(var id, var failure) when isAwaited(phase.step(), id) ->
                connectLost(state, phase, failure, false, nowNs);
            case SessionEvent.TimeReached time when phase.step() instanceof Waiting(var until)
                    && until <= nowNs ->
                connect(state, phase, nowNs);
            case Delivered(var count) when phase.step() instanceof Receiving(var more, var until) -> count < more
                    ? Transition.to(state.in(phase.with(new Receiving(more - count, until))))
                    : restore(state, phase);
            case Delivered arrived -> Transition.to(state.with(state.troubles().answered(false)));
            case SessionEvent.TimeReached time when phase.step() instanceof Receiving(var more, var until)
                    && until <= nowNs ->
                restore(state, phase);
            case Restored(var serial) when phase.step() instanceof Restoring(var awaited) && awaited == serial ->
                restored(state, phase, nowNs);
            case RestoringFailed(var serial, var failure) when phase.step() instanceof Restoring(var awaited)
                    && awaited == serial ->
                connectLost(state, phase, failure, false, nowNs);
            case SessionEvent.Advised(var message) -> advised(state, phase, message, nowNs);
            case ServerDisconnected(var message) -> endedByServer(state.with(state.advice().merge(message.advice())),
                    phase, new DisconnectedException(FailureKind.PERMANENT,
                            "The server ended the session with a /meta/disconnect of its own.", null),
                    nowNs);
            case DisconnectWanted(var lingerNs) -> disconnect(state, phase, nowNs + lingerNs);
            default -> Transition.to(state);
        };
    }

    private Transition restore(SessionState state, Live phase) {
        SessionState counted = state.counted();
        return Transition.to(counted.in(phase.with(new Restoring(counted.serial()))),
                new Restore(counted.serial()));
    }

    private Transition restored(SessionState state, Live phase, long nowNs) {
        Live live = phase.asRestored(true);
        // A connect has succeeded already if this was a second try: what was missing to be connected is here now.
        return live.status() == ConnectionStatus.HANDSHAKEN
                ? waitAndConnect(state, live, intervalNs(state), nowNs)
                : waitAndConnect(state.with(state.troubles().connected()),
                        live.with(ConnectionStatus.CONNECTED, live.step()), intervalNs(state), nowNs);
    }

    /** C-15, C-16: the first connect of a session, and one after a failure, asks to be answered at once. */
    private Transition connect(SessionState state, Live phase, long nowNs) {
        SessionState counted = state.counted();
        String id = "c" + counted.serial();
        ConnectionStatus status = phase.status() == ConnectionStatus.HANDSHAKEN
                ? ConnectionStatus.CONNECTING
                : phase.status();
        boolean atOnce = status != ConnectionStatus.CONNECTED;
        long holdMs = atOnce ? 0 : state.advice().timeoutMs();
        return Transition.to(counted.in(phase.with(status, new Asking(id, nowNs))),
                new SendConnect(id, phase.clientId(), phase.connectionType(), atOnce,
                        settings.replyTimeout().toMillis() + holdMs));
    }

    private Transition waitAndConnect(SessionState state, Live phase, long waitNs, long nowNs) {
        return waitNs <= 0
                ? connect(state, phase, nowNs)
                : Transition.to(state.in(phase.with(new Waiting(nowNs + waitNs))));
    }

    /** Table 4-A, A1 to A4. */
    private Transition connected(SessionState state, Live phase, IncomingMessage reply, int deliveries, long nowNs) {
        SessionState next = state.with(state.advice().merge(reply.advice()));
        if (reply.reconnect() == Reconnect.HANDSHAKE) {
            return handshakeAnew(next, phase, null, 0, nowNs);
        }
        if (reply.reconnect() == Reconnect.NONE || isNegative(reply.advice())) {
            return endedByServer(next, phase, new DisconnectedException(FailureKind.PERMANENT,
                    "The server asked not to connect again (advice reconnect: none, or a negative interval).", null),
                    nowNs);
        }
        if (!phase.restored()) {
            // The requests that restore subscriptions were lost; the session is here, so they are sent again.
            return restore(next, phase.with(ConnectionStatus.CONNECTING, phase.step()));
        }
        Troubles troubles = next.troubles().connected();
        if (phase.status() == ConnectionStatus.CONNECTED && phase.step() instanceof Asking asking) {
            troubles = troubles.answered(deliveries == 0 && nowNs - asking.sinceNs() < AT_ONCE_NS);
        }
        long slower = troubles.emptyConnects() > PATIENCE ? settings.backoff().increment().toNanos() : 0;
        return waitAndConnect(next.with(troubles), phase.with(ConnectionStatus.CONNECTED, phase.step()),
                Math.max(intervalNs(next), slower), nowNs);
    }

    /** Table 4-A, A4 to A9. */
    private Transition connectRefused(SessionState state, Live phase, IncomingMessage reply, long nowNs) {
        RefusedException refusal = Refusal.of(reply, phase.clientId());
        SessionState next = state.with(state.advice().merge(reply.advice()));
        Reconnect word = reply.reconnect();
        if (word == Reconnect.HANDSHAKE || word == null && !isNegative(reply.advice())
                && Refusal.meansLostSession(reply)) {
            return sessionLost(next, phase, refusal, nowNs);
        }
        if (refusal.kind() == FailureKind.AUTHENTICATION && settings.hasCredentials()) {
            return renewCredentials(next, phase.connectionType(), refusal, nowNs);
        }
        if (word == Reconnect.NONE || isNegative(reply.advice())) {
            return endedByServer(next, phase, refusal, nowNs);
        }
        return connectLost(next, phase, refusal, word != null, nowNs);
    }

    /** Table 4-A, A5, A10 and A11: the session may still live; it is tried again, unless it must have expired. */
    private Transition connectLost(SessionState state, Live phase, BayeuxException failure, boolean passes,
            long nowNs) {
        SessionState failed = state.with(state.troubles().failed(failure, passes, nowNs));
        if (isTheEnd(failed, failure, nowNs)) {
            return stop(failed, failure);
        }
        Live broken = phase.broken(nowNs);
        SessionState next = failed.shuffled();
        long backoff = backoffNs(failed.troubles().backoffRow(), failed);
        StoredAdvice advice = next.advice();
        if (advice.maxIntervalMs() != null && nowNs - broken.brokenSinceNs() + backoff > Duration
                .ofMillis(advice.timeoutMs() + advice.intervalMs() + advice.maxIntervalMs()).toNanos()) {
            return handshakeAnew(next, phase, failure, retryAfterNs(failure), nowNs);
        }
        long wait = Math.max(intervalNs(next) + backoff, retryAfterNs(failure));
        return Transition.to(
                next.in(broken.with(new Waiting(nowNs + wait))),
                new TellFailure(failure));
    }

    /** A6, C-28: a session that is lost before it was ever connected is a failure like others, the next may fare no better. */
    private Transition sessionLost(SessionState state, Live phase, RefusedException refusal, long nowNs) {
        if (phase.status() == ConnectionStatus.CONNECTED) {
            return handshakeAnew(state, phase, refusal, 0, nowNs);
        }
        SessionState failed = state.with(state.troubles().failed(refusal, true, nowNs));
        return hasTriedEnough(failed, nowNs) ? stop(failed, refusal) : handshakeAnew(failed, phase, refusal, 0, nowNs);
    }

    /** A2, A6, A11, C-28: the session is gone. The handshake follows at once while the budget lasts (C-23). */
    private Transition handshakeAnew(SessionState state, Live phase, @Nullable BayeuxException why, long leastNs,
            long nowNs) {
        DisconnectedException cause = new DisconnectedException(FailureKind.TRANSIENT,
                "The session was lost before the server answered; a new one is being made.", why);
        Transition on = handshakeWithinBudget(state.with(state.troubles().backoffReset()), phase.connectionType(),
                leastNs, nowNs);
        Transition failing = before(on, new FailSent(cause));
        return why == null ? failing : before(failing, new TellFailure(why));
    }

    /** Waits the interval, and the backoff if the budget is overdrawn, and {@code leastNs} in any case. */
    private Transition handshakeWithinBudget(SessionState state, String connectionType, long leastNs, long nowNs) {
        HandshakeBudget budget = state.budget().take(nowNs, refillNs());
        SessionState next = state.with(budget).shuffled();
        long wait = Math.max(leastNs,
                intervalNs(state) + (budget.overdrawn() > 0 ? backoffNs(budget.overdrawn(), state) : 0));
        if (wait <= 0) {
            return handshake(next, true, connectionType, nowNs, List.of());
        }
        return Transition.to(next.in(new Handshaking(true, connectionType, new Waiting(nowNs + wait))));
    }

    private Transition renewCredentials(SessionState state, String connectionType, BayeuxException refusal,
            long nowNs) {
        if (state.troubles().credentialsRenewed()) {
            return stop(state, refusal);
        }
        SessionState next = state.with(state.troubles().failed(refusal, true, nowNs).renewedCredentials());
        DisconnectedException cause = new DisconnectedException(FailureKind.TRANSIENT,
                "The server refused the credentials; fresh ones are being asked for.", refusal);
        Transition on = handshakeWithinBudget(next, connectionType, 0, nowNs);
        return before(before(before(on, new RenewCredentials()), new FailSent(cause)), new TellFailure(refusal));
    }

    /** C-24, C-28: advice counts wherever it stands; the word only on a refusal, and only if it says handshake. */
    private Transition advised(SessionState state, Live phase, IncomingMessage message, long nowNs) {
        SessionState next = state.with(state.advice().merge(message.advice()));
        if (Boolean.FALSE.equals(message.successful()) && message.reconnect() == Reconnect.HANDSHAKE) {
            return sessionLost(next, phase, Refusal.of(message, phase.clientId()), nowNs);
        }
        return Transition.to(next);
    }

    /** A3, A4, A7, T16. */
    private Transition endedByServer(SessionState state, Live phase, BayeuxException reason, long nowNs) {
        boolean again = settings.onServerDisconnect() == OnServerDisconnect.RECONNECT
                && reason.kind() != FailureKind.AUTHENTICATION;
        if (!again) {
            return stop(state, reason);
        }
        SessionState failed = state.with(state.troubles().failed(reason, true, nowNs));
        if (isTheEnd(failed, reason, nowNs)) {
            return stop(failed, reason);
        }
        long least = intervalNs(failed) + backoffNs(failed.troubles().backoffRow(), failed);
        Transition on = handshakeWithinBudget(failed.shuffled(), phase.connectionType(), least, nowNs);
        return before(before(on, new FailSent(ended(reason))), new TellFailure(reason));
    }

    // DISCONNECTING

    private Transition disconnect(SessionState state, Live phase, long untilNs) {
        String connectId = phase.step() instanceof Asking asking ? asking.id() : null;
        return Transition.to(
                state.in(new Disconnecting(phase.clientId(), phase.connectionType(), false, connectId, untilNs)),
                new FailQueued(ended(null)), new SendDisconnect(phase.clientId(), phase.connectionType()));
    }

    /** T14, T15, C-91 to C-93: whatever the connect's end says, it leads to nothing but the end. */
    private Transition whenDisconnecting(SessionState state, Disconnecting phase, SessionEvent event, long nowNs) {
        return switch (event) {
            case SessionEvent.DisconnectEnded ended -> disconnectEnded(state, phase, true, phase.connectId());
            case ConnectAnswered(var reply, var deliveries) when reply.id() != null
                    && reply.id().equals(phase.connectId()) ->
                disconnectEnded(state, phase, phase.answered(), null);
            case Lost(var id, var failure) when id.equals(phase.connectId()) ->
                disconnectEnded(state, phase, phase.answered(), null);
            case SessionEvent.TimeReached time when phase.untilNs() <= nowNs ->
                disconnectEnded(state, phase, true, null);
            default -> Transition.to(state);
        };
    }

    private Transition disconnectEnded(SessionState state, Disconnecting phase, boolean answered,
            @Nullable String connectId) {
        if (answered && connectId == null) {
            return stop(state, null);
        }
        return Transition.to(state.in(new Disconnecting(phase.clientId(), phase.connectionType(), answered, connectId,
                phase.untilNs())));
    }

    // The end

    private Transition stop(SessionState state, @Nullable BayeuxException reason) {
        DisconnectedException cause = ended(reason);
        Transition over = Transition.to(state.in(new Disconnected(reason)), new FailSent(cause),
                new FailQueued(cause), new End());
        return reason == null ? over : before(over, new TellFailure(reason));
    }

    private static DisconnectedException ended(@Nullable BayeuxException reason) {
        if (reason instanceof DisconnectedException already) {
            return already;
        }
        return reason == null
                ? new DisconnectedException(FailureKind.TRANSIENT, "The client is disconnected.", null)
                : new DisconnectedException(reason.kind(), "The client has stopped: " + reason.getMessage(), reason);
    }

    private boolean isTheEnd(SessionState state, BayeuxException failure, long nowNs) {
        Troubles troubles = state.troubles();
        return failure.kind() == FailureKind.CONFIGURATION
                || failure.kind() == FailureKind.AUTHENTICATION
                        && (settings.hasCredentials() || troubles.hopeless() >= HOPELESS)
                || !troubles.everConnected() && troubles.hopeless() >= HOPELESS || hasTriedEnough(state, nowNs);
    }

    /** C-14: what the program allows. */
    private boolean hasTriedEnough(SessionState state, long nowNs) {
        Troubles troubles = state.troubles();
        int attempts = settings.backoff().maxAttempts();
        Duration time = settings.backoff().maxTime();
        return attempts > 0 && troubles.row() >= attempts
                || !time.isZero() && nowNs - troubles.rowStartNs() >= time.toNanos();
    }

    // Small things

    private static boolean isAwaited(Step step, @Nullable String id) {
        return step instanceof Asking asking && asking.id().equals(id);
    }

    private static boolean isNegative(@Nullable Advice advice) {
        return advice != null && advice.intervalMs() != null && advice.intervalMs() < 0;
    }

    private static Transition before(Transition transition, SessionAction action) {
        List<SessionAction> actions = new ArrayList<>();
        actions.add(action);
        actions.addAll(transition.actions());
        return new Transition(transition.state(), actions);
    }

    private static long intervalNs(SessionState state) {
        return Math.min(LONGEST_WAIT_NS, Duration.ofMillis(state.advice().intervalMs()).toNanos());
    }

    private long backoffNs(int failures, SessionState state) {
        return settings.backoff().delay(failures, state.random()).toNanos();
    }

    private long refillNs() {
        return settings.backoff().maximum().toNanos();
    }

    private static long retryAfterNs(BayeuxException failure) {
        Duration asked = failure instanceof TransportException transport
                ? transport.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return asked.isNegative()
                ? 0
                : asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked.toNanos() : LONGEST_RETRY_AFTER.toNanos();
    }
}
