package dev.bayeux.core.session;

import java.util.List;

/**
 * What one event leads to.
 *
 * @param state the state from now on
 * @param actions what to do, in order
 */
public record Transition(SessionState state, List<SessionAction> actions) {

    /** Copies the list. */
    public Transition {
        actions = List.copyOf(actions);
    }

    static Transition to(SessionState state, SessionAction... actions) {
        return new Transition(state, List.of(actions));
    }
}
