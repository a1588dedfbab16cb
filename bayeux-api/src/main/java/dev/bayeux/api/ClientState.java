package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes the state of a client at one moment. Immutable.
 *
 * @param status the status
 * @param since when the client entered that status
 * @param attempt how many attempts to reach the server have failed in a row; 0 after a success
 * @param lastFailure the last failure since the client was connected; while {@link ConnectionStatus#DISCONNECTED}, the
 *            failure that ended the session, empty if the program ended it
 * @param nextAttempt when the client will retry, if it is waiting for that
 * @param transport the name of the transport in use, empty if there is no session and none is being made
 * @param endpoint the server in use, empty if there is no session and none is being made
 * @param multipleClients whether the server says that another client has the same cookie; the server then does not hold
 *            this client's connects (protocol.md C-31)
 */
public record ClientState(ConnectionStatus status, Instant since, int attempt, Optional<BayeuxException> lastFailure,
        Optional<Instant> nextAttempt, Optional<String> transport, Optional<Endpoint> endpoint,
        boolean multipleClients) {

    /**
     * Rejects {@code null}.
     *
     * @throws NullPointerException if an argument is {@code null}
     */
    public ClientState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lastFailure, "lastFailure");
        Objects.requireNonNull(nextAttempt, "nextAttempt");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(endpoint, "endpoint");
    }

    /**
     * {@return whether the status is {@link ConnectionStatus#CONNECTED}}
     */
    public boolean isConnected() {
        return status == ConnectionStatus.CONNECTED;
    }

    /**
     * {@return whether the status is {@link ConnectionStatus#DISCONNECTED}}
     */
    public boolean isDisconnected() {
        return status == ConnectionStatus.DISCONNECTED;
    }
}
