package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.WebSocketTransport;
import java.util.List;
import java.util.Optional;

/**
 * When a client goes on with the next of its transports (PROTOCOL C-128 to C-130). The one it leaves is not used again
 * with this server until the program connects anew.
 */
final class Fallback {

    /** So many upgrades in a row may give no WebSocket before one that has worked is left. */
    static final int SEVERAL = 3;

    private final List<String> connectionTypes;

    Fallback(List<String> connectionTypes) {
        this.connectionTypes = connectionTypes;
    }

    /** What to begin with at a server. */
    String first(SessionState state) {
        return usable(state).stream().findFirst().orElse(connectionTypes.getFirst());
    }

    /** What has not proved unusable, in the client's order. */
    List<String> usable(SessionState state) {
        return connectionTypes.stream().filter(state::isUsable).toList();
    }

    /**
     * C-128: what to go on with after a handshake was lost, if something answered and this transport is not for it. Where
     * nothing could be reached the other transports would reach no more, and one that has worked gets more than one
     * chance.
     *
     * @param failed the state, with the failure counted
     */
    Optional<String> afterHandshake(SessionState failed, String connectionType, BayeuxException failure) {
        boolean unusable = isNotUpgraded(failure)
                ? !failed.troubles().everConnected() || isRefusedAgainAndAgain(failed)
                : failure.kind() == FailureKind.PERMANENT && !failed.troubles().everConnected()
                        && !(failure instanceof TransportException transport && transport.notSent());
        return unusable ? nextAfter(failed, connectionType) : Optional.empty();
    }

    /** C-130: what to go on with, in a new session, after a connect was lost. */
    Optional<String> afterConnect(SessionState failed, String connectionType) {
        return isRefusedAgainAndAgain(failed) ? nextAfter(failed, connectionType) : Optional.empty();
    }

    /** C-129: the HTTP side of a server may know only those sessions that were made over HTTP. */
    static boolean needsNewSession(String from, String to) {
        return from.equals(WebSocketTransport.CONNECTION_TYPE) && !to.equals(from);
    }

    static boolean isNotUpgraded(BayeuxException failure) {
        return failure instanceof TransportException transport && transport.problem() == Problem.NOT_UPGRADED;
    }

    private static boolean isRefusedAgainAndAgain(SessionState failed) {
        return failed.troubles().row().notUpgraded() >= SEVERAL;
    }

    private Optional<String> nextAfter(SessionState state, String connectionType) {
        return usable(state).stream().filter(type -> !type.equals(connectionType)).findFirst();
    }
}
