package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a client is, since when, and why.
 *
 * @param status the state
 * @param since when it was entered
 * @param attempt how many attempts to reach the server have failed in a row; 0 while all is well
 * @param lastFailure the last failure since the client was connected; while {@link ConnectionStatus#DISCONNECTED}, what
 *            ended the session, empty if the program did
 * @param nextAttempt when the server will be tried again, if the client is waiting for that
 * @param transport the name of the transport in use, empty if there is no session and none is being made
 * @param endpoint the server in use, empty if there is no session and none is being made
 * @param multipleClients whether the server says that another client shares this one's cookie, in which case it polls
 *            instead of being held (protocol.md C-31)
 */
public record ClientState(ConnectionStatus status, Instant since, int attempt, Optional<BayeuxException> lastFailure,
        Optional<Instant> nextAttempt, Optional<String> transport, Optional<Endpoint> endpoint,
        boolean multipleClients) {

    /** Refuses {@code null}. */
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
