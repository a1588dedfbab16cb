package dev.bayeux.core.call;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Endpoint;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.exchange.ConnectionFactory;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionState;
import java.time.Instant;
import java.util.Optional;

/** The state of a client as programs see it, in wall-clock time. */
public final class ReportedState {

    private final ConnectionFactory connections;
    private final ClientRuntime runtime;
    private final Events events;
    private volatile StateHistory last;
    /** Parts of the last state, in the form in which the session has them. */
    private Optional<String> reportedTransport = Optional.empty();
    private Optional<Endpoint> reportedEndpoint = Optional.empty();
    private Optional<Long> reportedAttemptNs = Optional.empty();

    /** Starts with the state before the first connect. */
    public ReportedState(ConnectionFactory connections, ClientRuntime runtime, Events events, SessionState first) {
        this.connections = connections;
        this.runtime = runtime;
        this.events = events;
        this.last = new StateHistory(ClientState.of(first.status(), runtime.now()));
    }

    /** {@return the state, on any thread} */
    public ClientState now() {
        return last.state();
    }

    /** {@return the state, linked to the states after it; on any thread} */
    public StateHistory last() {
        return last;
    }

    /** Shows a state. Called by the client's loop. */
    public void report(SessionState state) {
        ClientState before = last.state();
        ClientState now = of(state, before);
        if (now != before) {
            last = last.follow(now);
            if (now.status() != before.status() || now.failedAttempts() != before.failedAttempts()) {
                events.report(new ClientEvent.StateChanged(before, now));
            }
        }
    }

    /** Returns the former object if a program would see no difference, so that a further connect allocates nothing. */
    private ClientState of(SessionState state, ClientState before) {
        Optional<String> transport = state.connectionType().map(connections::nameOf);
        Optional<Endpoint> endpoint = state.endpoint().map(connections::endpoint);
        Optional<Long> attemptNs = state.nextAttemptNs();
        boolean sameStatus = before.status() == state.status();
        if (sameStatus && before.failedAttempts() == state.failures() && reportedAttemptNs.equals(attemptNs)
                && before.lastFailure().equals(state.lastFailure())
                && reportedTransport.equals(transport) && reportedEndpoint.equals(endpoint)
                && before.multipleClients() == state.multipleClients()) {
            return before;
        }
        reportedTransport = transport;
        reportedEndpoint = endpoint;
        reportedAttemptNs = attemptNs;
        Instant now = runtime.now();
        Optional<Instant> next = attemptNs.map(atNs -> now.plusNanos(Math.max(0, atNs - runtime.nanoTime())));
        ClientState shown = ClientState.of(state.status(), sameStatus ? before.since() : now)
                .withFailedAttempts(state.failures()).withMultipleClients(state.multipleClients());
        shown = state.lastFailure().map(shown::withLastFailure).orElse(shown);
        shown = next.map(shown::withNextAttempt).orElse(shown);
        shown = transport.map(shown::withTransport).orElse(shown);
        return endpoint.map(shown::withEndpoint).orElse(shown);
    }
}
