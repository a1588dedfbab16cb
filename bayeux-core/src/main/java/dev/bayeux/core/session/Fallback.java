package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a client changes to its next transport (protocol.md C-128 to C-130). A transport that the server refuses is not
 * used again with this server until the program connects again. A transport that opens and brings no valid reply is retried
 * in a later session, or when no other is left.
 */
record Fallback(List<String> connectionTypes) {

    /** The number of failed upgrades in a row after which a client leaves a WebSocket that has worked. */
    static final int SEVERAL = 3;

    /** The number of requests in a row without a valid reply after which a client leaves a transport that never worked. */
    static final int MOST_INVALID_REPLIES = 2;

    /** After this time a new session retries a transport that brought no valid reply. */
    static final Duration USELESS_FOR = Duration.ofMinutes(10);

    /** The transport to use next; {@code untried} if the client has not abandoned it before, so that it needs no backoff. */
    record Other(SessionState state, String connectionType, boolean untried) {}

    /** Returns the first transport to try at a server. */
    String first(SessionState state) {
        return usable(state).stream().findFirst().orElse(connectionTypes.getFirst());
    }

    /** Returns the transports that are not excluded, in the client's order. */
    List<String> usable(SessionState state) {
        return connectionTypes.stream().filter(state::isUsable).toList();
    }

    /** Admits transports again whose exclusion has ended. */
    static SessionState readmitting(SessionState state, long nowNs) {
        return state.with(state.history().transports().readmittingUntil(nowNs));
    }

    /**
     * C-128: returns the next transport after a lost handshake, if a server answered but not over this transport. If no
     * server was reached, another transport would reach none either. A transport that has worked gets more than one attempt.
     */
    Optional<Other> afterHandshake(SessionState failed, String connectionType, BayeuxException failure, long nowNs) {
        boolean proven = failed.history().transports().isProven(connectionType);
        boolean unusable = FailureClass.isNotUpgraded(failure)
                ? !proven || isRefusedAgainAndAgain(failed)
                : failsWithThisTransportOnly(failure) && !proven;
        return leaving(failed, connectionType, unusable, nowNs);
    }

    /** C-130: returns the transport of the new session after a lost connect. */
    Optional<Other> afterConnect(SessionState failed, String connectionType, long nowNs) {
        return leaving(failed, connectionType, isRefusedAgainAndAgain(failed), nowNs);
    }

    private Optional<Other> leaving(SessionState failed, String connectionType, boolean unusable, long nowNs) {
        if (!unusable && !isToBeExcluded(failed, connectionType)) {
            return Optional.empty();
        }
        TransportHistory.Use use = failed.use(connectionType);
        TransportHistory known = failed.history().transports();
        SessionState moved = failed.with(unusable
                ? known.withUnusable(use)
                : known.withExcluded(use, nowNs + USELESS_FOR.toNanos()));
        Optional<String> next = usable(moved).stream().findFirst();
        if (next.isPresent()) {
            return Optional.of(new Other(moved, next.get(), true));
        }
        if (!known.hasExcluded(use.endpoint())) {
            return Optional.empty();
        }
        // If no other is left, the abandoned transports are retried, and this one after them.
        TransportHistory base = unusable ? moved.history().transports() : known.failed(use, false);
        SessionState again = failed.with(base.readmitting(use.endpoint()));
        return usable(again).stream().filter(type -> !type.equals(connectionType)).findFirst()
                .map(type -> new Other(again, type, false));
    }

    private static boolean failsWithThisTransportOnly(BayeuxException failure) {
        return failure.kind() == FailureKind.CONFIGURATION || failure.kind() == FailureKind.PERMANENT
                && !(failure instanceof TransportException transport && transport.notSent());
    }

    private static boolean isToBeExcluded(SessionState failed, String connectionType) {
        TransportHistory transports = failed.history().transports();
        return !transports.isProven(connectionType)
                && transports.invalidReplies(failed.use(connectionType)) >= MOST_INVALID_REPLIES;
    }

    private static boolean isRefusedAgainAndAgain(SessionState failed) {
        return failed.history().consecutive().notUpgraded() >= SEVERAL;
    }
}
