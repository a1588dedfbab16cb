package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state from which {@link SessionMachine} decides. Immutable.
 *
 * @param phase the phase of the client's life
 * @param advice the advice in force
 * @param history the recent failures
 * @param endpointChoice the endpoint in use
 * @param budget the handshakes that the client may send without a wait
 * @param serial counts handshakes, connects and restorations: the source of their ids
 * @param seed of the next random number
 */
public record SessionState(Phase phase, StoredAdvice advice, FailureHistory history, EndpointChoice endpointChoice,
        RequestBudget budget,
        long serial, long seed) {

    /** What happens to requests other than handshakes and connects (protocol.md T19 to T21). */
    public enum Gate {

        /** Send now. */
        OPEN,

        /** Keep it until there is a session. */
        HOLD,

        /** Fail it. */
        REFUSE
    }

    public static SessionState initial(long seed, long nowNs) {
        return new SessionState(new Phase.Disconnected(null), StoredAdvice.DEFAULT, FailureHistory.NONE,
                EndpointChoice.FIRST,
                RequestBudget.full(RequestBudget.HANDSHAKES, nowNs), 0, seed);
    }

    public ConnectionStatus status() {
        return phase.status();
    }

    /** {@return whether a message of the program is sent, kept or refused} */
    public Gate gate() {
        return switch (phase) {
            case Phase.Live live -> Gate.OPEN;
            case Phase.Handshaking handshaking -> Gate.HOLD;
            case Phase.Suspended suspended -> Gate.HOLD;
            case Phase.Disconnected none -> Gate.REFUSE;
            case Phase.Disconnecting ending -> Gate.REFUSE;
            case Phase.Abandoning ending -> Gate.REFUSE;
        };
    }

    /** {@return the client id, empty without a session} */
    public Optional<String> clientId() {
        return switch (phase) {
            case Phase.Live live -> Optional.of(live.clientId());
            case Phase.Disconnecting ending -> Optional.of(ending.clientId());
            case Phase.Suspended suspended when suspended.live() != null ->
                Optional.of(suspended.live().clientId());
            default -> Optional.empty();
        };
    }

    /** {@return the connection type in use, empty if there is no session and none is being made} */
    public Optional<String> connectionType() {
        return switch (phase) {
            case Phase.Handshaking handshaking -> Optional.of(handshaking.connectionType());
            case Phase.Live live -> Optional.of(live.connectionType());
            case Phase.Disconnecting ending -> Optional.of(ending.connectionType());
            case Phase.Abandoning ending -> Optional.of(ending.connectionType());
            case Phase.Suspended suspended -> Optional.of(suspended.connectionType());
            case Phase.Disconnected none -> Optional.empty();
        };
    }

    /** {@return the id of the handshake or connect whose reply is awaited, {@code null} if there is none} */
    public @Nullable String outstanding() {
        return switch (phase) {
            case Phase.Handshaking(var again, var type, Phase.Asking asking) -> asking.id();
            case Phase.Live live when live.step() instanceof Phase.Asking asking -> asking.id();
            case Phase.Disconnecting ending -> ending.connectId();
            case Phase.Abandoning ending -> ending.handshakeId();
            default -> null;
        };
    }

    /** {@return when {@link SessionEvent.TimeReached} is due, {@link Long#MAX_VALUE} if time changes nothing} */
    public long wakeAtNs() {
        return switch (phase) {
            case Phase.Handshaking(var again, var type, Phase.Waiting waiting) -> waiting.untilNs();
            case Phase.Live live when live.step() instanceof Phase.Waiting waiting -> waiting.untilNs();
            case Phase.Live live when live.step() instanceof Phase.Receiving receiving -> receiving.untilNs();
            case Phase.Disconnecting ending -> ending.untilNs();
            case Phase.Abandoning ending -> ending.untilNs();
            default -> Long.MAX_VALUE;
        };
    }

    /** {@return the time of the next attempt after a failure, empty if the client does not wait for one} */
    public Optional<Long> nextAttemptNs() {
        return history.consecutive().count() > 0 && !isEnding() && wakeAtNs() != Long.MAX_VALUE
                ? Optional.of(wakeAtNs())
                : Optional.empty();
    }

    /** {@return whether the client has no session and waits for nothing} */
    public boolean isOver() {
        return phase instanceof Phase.Disconnected;
    }

    public boolean isEnding() {
        return phase instanceof Phase.Disconnecting || phase instanceof Phase.Abandoning;
    }

    /** {@return whether the program has suspended the client} */
    public boolean isSuspendedInSession() {
        return phase instanceof Phase.Suspended suspended && suspended.live() != null;
    }

    /** {@return the index of the server in use, empty if there is no session and none is being made} */
    public Optional<Integer> endpoint() {
        return isOver() ? Optional.empty() : Optional.of(endpointChoice.endpoint());
    }

    /** {@return whether the server keeps, as far as is known, a session whose deliveries the client wants} */
    public boolean hasSession() {
        return phase instanceof Phase.Live || phase instanceof Phase.Disconnecting || isSuspendedInSession();
    }

    /** {@return whether deliveries of the session that is ending were lost, so that its later ones do not count (C-136)} */
    public boolean hasMissedDeliveries() {
        return phase instanceof Phase.Disconnecting ending && ending.missed();
    }

    /** Whether a transport may be used with the server in use (C-128). */
    public boolean isUsable(String connectionType) {
        return history.transports().isUsable(use(connectionType));
    }

    /** {@return how many attempts have failed in a row} */
    public int failures() {
        return history.consecutive().count();
    }

    /** {@return the last failure, or what ended the session} */
    public Optional<BayeuxException> lastFailure() {
        return Optional.ofNullable(switch (phase) {
            case Phase.Disconnected ended -> ended.reason();
            case Phase.Abandoning ending -> null;
            default -> history.consecutive().last();
        });
    }

    public boolean isAcknowledging() {
        Phase.Live live = live();
        return live != null && live.acknowledged() != null;
    }

    private Phase.@Nullable Live live() {
        return phase instanceof Phase.Live live
                ? live
                : phase instanceof Phase.Suspended suspended ? suspended.live() : null;
    }

    /** {@return how long the server keeps the session without a connect; without end if it has not said} */
    public long keptNs() {
        return advice.keptNs();
    }

    /** {@return whether another client shares the cookie} */
    public boolean multipleClients() {
        return advice.multipleClients();
    }

    /** {@return whether there is a session, and the client waits before its next connect or reconnects} */
    public boolean isWaitingOrReconnecting() {
        return phase instanceof Phase.Live live
                && (live.step() instanceof Phase.Waiting || live.status() == ConnectionStatus.RECONNECTING);
    }

    SessionState in(Phase newPhase) {
        return new SessionState(newPhase, advice, history, endpointChoice, budget, serial, seed);
    }

    SessionState with(StoredAdvice newAdvice) {
        return new SessionState(phase, newAdvice, history, endpointChoice, budget, serial, seed);
    }

    SessionState with(TransportHistory transports) {
        return with(history.with(transports));
    }

    TransportHistory.Use use(String connectionType) {
        return new TransportHistory.Use(endpointChoice.endpoint(), connectionType);
    }

    /** Adds a failure of a request over a transport. */
    SessionState failed(String connectionType, BayeuxException failure, boolean passes, long nowNs) {
        return with(history.failed(failure, passes, nowNs)
                .with(history.transports().failed(use(connectionType), FailureClass.isWithoutValidReply(failure))));
    }

    SessionState with(FailureHistory newHistory) {
        return newHistory == history
                ? this
                : new SessionState(phase, advice, newHistory, endpointChoice, budget, serial, seed);
    }

    SessionState with(EndpointChoice newChoice) {
        return new SessionState(phase, advice, history, newChoice, budget, serial, seed);
    }

    SessionState with(RequestBudget newBudget) {
        return new SessionState(phase, advice, history, endpointChoice, newBudget, serial, seed);
    }

    /** Advances to the next id and the next random number. */
    SessionState counted() {
        return new SessionState(phase, advice, history, endpointChoice, budget, serial + 1,
                seed * 6364136223846793005L + 1442695040888963407L);
    }

    /** Returns the present random number, from 0 to 1, which changes with each request. */
    double random() {
        return (seed >>> 11) * 0x1p-53;
    }

    @Override
    public String toString() {
        return "%s, %d failures in a row".formatted(status(), failures());
    }
}
