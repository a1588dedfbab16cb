package dev.bayeux.core;

import dev.bayeux.api.ClientState;
import dev.bayeux.api.Endpoint;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the state of a session as programs see it, in wall-clock time. */
final class Snapshots {

    private Snapshots() {
    }

    /** The same object as before if a program could see no difference: a heartbeat that goes on costs nothing. */
    static ClientState of(SessionState state, @Nullable ClientState before, LinkFactory links,
            ClientRuntime runtime) {
        Optional<String> transport = state.connectionType().map(links::nameOf);
        Optional<Endpoint> endpoint = state.endpoint().map(links::endpoint);
        boolean sameStatus = before != null && before.status() == state.status();
        if (before != null && sameStatus && before.attempt() == state.failures()
                && before.nextAttempt().isPresent() == state.nextAttemptNs().isPresent()
                && before.lastFailure().equals(state.lastFailure())
                && before.transport().equals(transport) && before.endpoint().equals(endpoint)
                && before.multipleClients() == state.multipleClients()) {
            return before;
        }
        Instant now = runtime.now();
        Optional<Instant> next = state.nextAttemptNs()
                .map(atNs -> now.plusNanos(Math.max(0, atNs - runtime.nanoTime())));
        return new ClientState(state.status(), before != null && sameStatus ? before.since() : now, state.failures(),
                state.lastFailure(), next, transport, endpoint, state.multipleClients());
    }
}
