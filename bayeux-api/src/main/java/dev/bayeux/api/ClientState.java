package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the state of a client at one moment. Immutable. The client makes states; a program makes one with
 * {@link #of} only to test its own code.
 */
public final class ClientState {

    private record Values(ConnectionStatus status, Instant since, int failedAttempts,
            @Nullable BayeuxException lastFailure, @Nullable Instant nextAttempt, @Nullable String transport,
            @Nullable Endpoint endpoint, boolean multipleClients) {}

    private final Values values;

    private ClientState(Values values) {
        this.values = values;
    }

    /**
     * Makes a state without a failure, a transport and an endpoint.
     *
     * @param status the status
     * @param since when the client entered that status
     * @return a state
     */
    public static ClientState of(ConnectionStatus status, Instant since) {
        return new ClientState(new Values(Objects.requireNonNull(status, "status"),
                Objects.requireNonNull(since, "since"), 0, null, null, null, null, false));
    }

    /**
     * Returns a copy with another number of failures.
     *
     * @param count how many attempts to reach the server have failed in a row
     * @return a state
     */
    public ClientState withFailedAttempts(int count) {
        return new ClientState(new Values(values.status, values.since, count, values.lastFailure, values.nextAttempt,
                values.transport, values.endpoint, values.multipleClients));
    }

    /**
     * Returns a copy with a failure.
     *
     * @param failure the last failure
     * @return a state
     */
    public ClientState withLastFailure(BayeuxException failure) {
        return new ClientState(
                new Values(values.status, values.since, values.failedAttempts, Objects.requireNonNull(failure,
                        "failure"), values.nextAttempt, values.transport, values.endpoint, values.multipleClients));
    }

    /**
     * Returns a copy with a time for the next attempt.
     *
     * @param time when the client will retry
     * @return a state
     */
    public ClientState withNextAttempt(Instant time) {
        return new ClientState(new Values(values.status, values.since, values.failedAttempts, values.lastFailure,
                Objects.requireNonNull(time, "time"), values.transport, values.endpoint, values.multipleClients));
    }

    /**
     * Returns a copy with a transport.
     *
     * @param name the name of the transport in use
     * @return a state
     */
    public ClientState withTransport(String name) {
        return new ClientState(new Values(values.status, values.since, values.failedAttempts, values.lastFailure,
                values.nextAttempt, Objects.requireNonNull(name, "name"), values.endpoint, values.multipleClients));
    }

    /**
     * Returns a copy with an endpoint.
     *
     * @param server the server in use
     * @return a state
     */
    public ClientState withEndpoint(Endpoint server) {
        return new ClientState(new Values(values.status, values.since, values.failedAttempts, values.lastFailure,
                values.nextAttempt, values.transport, Objects.requireNonNull(server, "server"),
                values.multipleClients));
    }

    /**
     * Returns a copy that says whether the server has detected several clients.
     *
     * @param detected whether another client has the same cookie
     * @return a state
     */
    public ClientState withMultipleClients(boolean detected) {
        return new ClientState(new Values(values.status, values.since, values.failedAttempts, values.lastFailure,
                values.nextAttempt, values.transport, values.endpoint, detected));
    }

    /** {@return the status} */
    public ConnectionStatus status() {
        return values.status;
    }

    /** {@return when the client entered the status} */
    public Instant since() {
        return values.since;
    }

    /** {@return how many attempts to reach the server have failed in a row; 0 after a success} */
    public int failedAttempts() {
        return values.failedAttempts;
    }

    /**
     * {@return the last failure since the client was connected; while {@link ConnectionStatus#DISCONNECTED}, the failure
     * that ended the session, empty if the program ended it}
     */
    public Optional<BayeuxException> lastFailure() {
        return Optional.ofNullable(values.lastFailure);
    }

    /** {@return when the client will retry, if it is waiting for that} */
    public Optional<Instant> nextAttempt() {
        return Optional.ofNullable(values.nextAttempt);
    }

    /** {@return the name of the transport in use, empty if there is no session and none is being made} */
    public Optional<String> transport() {
        return Optional.ofNullable(values.transport);
    }

    /** {@return the server in use, empty if there is no session and none is being made} */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(values.endpoint);
    }

    /**
     * {@return whether the server says that another client has the same cookie; the server then does not hold this
     * client's connects (protocol.md C-31)}
     */
    public boolean multipleClients() {
        return values.multipleClients;
    }

    /** {@return whether the status is {@link ConnectionStatus#CONNECTED}} */
    public boolean isConnected() {
        return values.status == ConnectionStatus.CONNECTED;
    }

    /** {@return whether the status is {@link ConnectionStatus#DISCONNECTED}} */
    public boolean isDisconnected() {
        return values.status == ConnectionStatus.DISCONNECTED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientState state && state.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@return the state in words, without what is absent} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ClientState[%s since %s".formatted(values.status, values.since));
        append(text, "transport", values.transport);
        append(text, "endpoint", values.endpoint);
        append(text, "failedAttempts", values.failedAttempts == 0 ? null : values.failedAttempts);
        append(text, "lastFailure", values.lastFailure);
        append(text, "nextAttempt", values.nextAttempt);
        append(text, "multipleClients", values.multipleClients ? true : null);
        return text.append(']').toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(name).append('=').append(value);
        }
    }
}
