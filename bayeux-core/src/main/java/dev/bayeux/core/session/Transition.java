package dev.bayeux.core.session;

import java.util.List;
import java.util.stream.Stream;

/** The result of one event: the new state, and the actions in order. */
public record Transition(SessionState state, List<SessionAction> actions) {

    /** Copies the list. */
    public Transition {
        actions = List.copyOf(actions);
    }

    static Transition to(SessionState state, SessionAction... actions) {
        return new Transition(state, List.of(actions));
    }

    Transition precededBy(SessionAction... first) {
        return new Transition(state, Stream.concat(Stream.of(first), actions.stream()).toList());
    }
}
