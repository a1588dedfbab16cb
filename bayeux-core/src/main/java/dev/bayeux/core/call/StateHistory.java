package dev.bayeux.core.call;

import dev.bayeux.api.ClientState;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One state of a client, and the states after it: a caller that waits for a state misses none, even one that lasts an
 * instant. The garbage collector frees the states that no caller refers to.
 */
public final class StateHistory {

    private final ClientState state;
    private final CompletableFuture<StateHistory> next = new CompletableFuture<>();

    public StateHistory(ClientState state) {
        this.state = state;
    }

    public ClientState state() {
        return state;
    }

    /** {@return the state after this one, {@code null} as long as this is the last} */
    @Nullable
    public StateHistory next() {
        return next.isDone() ? Objects.requireNonNull(next.getNow(null)) : null;
    }

    public boolean hasConnected() {
        for (StateHistory each = this; each != null; each = each.next()) {
            if (each.state.isConnected()) {
                return true;
            }
        }
        return false;
    }

    public StateHistory follow(ClientState newState) {
        StateHistory following = new StateHistory(newState);
        next.complete(following);
        return following;
    }
}
