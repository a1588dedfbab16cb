package dev.bayeux.core.session;

import java.util.List;
import java.util.stream.Stream;

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

    /** The same with more to do before all else. */
    Transition precededBy(SessionAction... first) {
        return new Transition(state, Stream.concat(Stream.of(first), actions.stream()).toList());
    }
}
