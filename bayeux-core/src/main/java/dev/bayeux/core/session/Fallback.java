package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a client goes on with the next of its transports (protocol.md C-128 to C-130). One that the server refuses is not
 * used again with this server until the program connects anew. One that opens and brings no valid reply gets another
 * chance in a later session, or as soon as nothing else is left.
 */
final class Fallback {

    private static final String WEBSOCKET = "websocket";

    /** So many upgrades in a row may give no WebSocket before one that has worked is left. */
    static final int SEVERAL = 3;

    /** So many requests in a row may be sent without a valid reply before a transport that never worked is left. */
    static final int USELESS = 2;

    /** A session that is made later than this tries a transport again that brought no valid reply. */
    static final Duration USELESS_FOR = Duration.ofMinutes(10);

    /**
     * What to go on with.
     *
     * @param state which transports are left out now
     * @param connectionType the one to use
     * @param untried whether it has not been given up before, so that it needs no backoff
     */
    record Other(SessionState state, String connectionType, boolean untried) {}

    private final List<String> connectionTypes;

    Fallback(List<String> connectionTypes) {
        this.connectionTypes = connectionTypes;
    }

    /** What to begin with at a server. */
    String first(SessionState state) {
        return usable(state).stream().findFirst().orElse(connectionTypes.getFirst());
    }

    /** What is not left out, in the client's order. */
    List<String> usable(SessionState state) {
        return connectionTypes.stream().filter(state::isUsable).toList();
    }

    /** Gives those another chance whose time has come. */
    static SessionState forgiving(SessionState state, long nowNs) {
        return state.with(state.history().transports().forgivingUntil(nowNs));
    }

    /**
     * C-128: what to go on with after a handshake was lost, if something answered and this transport is not for it. Where
     * nothing could be reached the other transports would reach no more, and one that has worked gets more than one
     * chance.
     *
     * @param failed the state, with the failure counted
     */
    Optional<Other> afterHandshake(SessionState failed, String connectionType, BayeuxException failure, long nowNs) {
        boolean proven = failed.history().transports().isProven(connectionType);
        boolean unusable = FailureClass.isNotUpgraded(failure)
                ? !proven || isRefusedAgainAndAgain(failed)
                : failsWithThisTransportOnly(failure) && !proven;
        return leaving(failed, connectionType, unusable, nowNs);
    }

    /** C-130: what to go on with, in a new session, after a connect was lost. */
    Optional<Other> afterConnect(SessionState failed, String connectionType, long nowNs) {
        return leaving(failed, connectionType, isRefusedAgainAndAgain(failed), nowNs);
    }

    private Optional<Other> leaving(SessionState failed, String connectionType, boolean unusable, long nowNs) {
        if (!unusable && !isUseless(failed, connectionType)) {
            return Optional.empty();
        }
        TransportHistory.Use use = failed.use(connectionType);
        TransportHistory known = failed.history().transports();
        SessionState left = failed.with(unusable
                ? known.withUnusable(use)
                : known.withUseless(use, nowNs + USELESS_FOR.toNanos()));
        Optional<String> next = usable(left).stream().findFirst();
        if (next.isPresent()) {
            return Optional.of(new Other(left, next.get(), true));
        }
        if (!known.hasUseless(use.endpoint())) {
            return Optional.empty();
        }
        // With nothing else left, those that were useless get another chance, and so does this one after them.
        TransportHistory base = unusable ? left.history().transports() : known.failed(use, false);
        SessionState again = failed.with(base.forgiving(use.endpoint()));
        return usable(again).stream().filter(type -> !type.equals(connectionType)).findFirst()
                .map(type -> new Other(again, type, false));
    }

    /** C-129: the HTTP side of a server may know only those sessions that were made over HTTP. */
    static boolean needsNewSession(String from, String to) {
        return from.equals(WEBSOCKET) && !to.equals(from);
    }

    /** Whether another transport may well get what this one did not, whatever the kind of the failure. */
    static boolean isOfTransport(BayeuxException failure) {
        return FailureClass.isNotUpgraded(failure) || failure.kind() == FailureKind.CONFIGURATION;
    }

    private static boolean failsWithThisTransportOnly(BayeuxException failure) {
        return failure.kind() == FailureKind.CONFIGURATION || failure.kind() == FailureKind.PERMANENT
                && !(failure instanceof TransportException transport && transport.notSent());
    }

    private static boolean isUseless(SessionState failed, String connectionType) {
        TransportHistory transports = failed.history().transports();
        return !transports.isProven(connectionType)
                && transports.fruitless(failed.use(connectionType)) >= USELESS;
    }

    private static boolean isRefusedAgainAndAgain(SessionState failed) {
        return failed.history().consecutive().notUpgraded() >= SEVERAL;
    }
}
