package dev.bayeux.core;

import dev.bayeux.api.ClientState;
import dev.bayeux.api.Endpoint;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the state of a session as programs see it, in wall-clock time. Guarded by the session's lock. */
final class Snapshots {

    private final LinkFactory links;
    private final ClientRuntime runtime;
    private @Nullable ClientState shown;
    private Optional<Long> shownAttemptNs = Optional.empty();

    /** For one session. */
    Snapshots(LinkFactory links, ClientRuntime runtime) {
        this.links = links;
        this.runtime = runtime;
    }

    /** The same object as before if a program could see no difference: a heartbeat that goes on costs nothing. */
    ClientState of(SessionState state) {
        ClientState before = shown;
        Optional<String> transport = state.connectionType().map(links::nameOf);
        Optional<Endpoint> endpoint = state.endpoint().map(links::endpoint);
        Optional<Long> attemptNs = state.nextAttemptNs();
        boolean sameStatus = before != null && before.status() == state.status();
        if (before != null && sameStatus && before.attempt() == state.failures() && shownAttemptNs.equals(attemptNs)
                && before.lastFailure().equals(state.lastFailure())
                && before.transport().equals(transport) && before.endpoint().equals(endpoint)
                && before.multipleClients() == state.multipleClients()) {
            return before;
        }
        Instant now = runtime.now();
        Optional<Instant> next = attemptNs.map(atNs -> now.plusNanos(Math.max(0, atNs - runtime.nanoTime())));
        ClientState fresh = new ClientState(state.status(), before != null && sameStatus ? before.since() : now,
                state.failures(), state.lastFailure(), next, transport, endpoint, state.multipleClients());
        shown = fresh;
        shownAttemptNs = attemptNs;
        return fresh;
    }
}
