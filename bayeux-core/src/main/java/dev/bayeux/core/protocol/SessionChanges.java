package dev.bayeux.core.protocol;

import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.Transition;
import java.util.Optional;

/** Finds the changes of the session that extensions receive. */
final class SessionChanges {

    private final Effects effects;
    private boolean hadSession;

    SessionChanges(Effects effects) {
        this.effects = effects;
    }

    /** The program wants a session: the next session is the first. */
    void connecting() {
        hadSession = false;
    }

    void changed(SessionState before, Transition transition) {
        Optional<String> lost = before.clientId();
        Optional<String> made = transition.state().clientId();
        for (SessionAction action : transition.actions()) {
            // What fails within a session is a connect.
            if (lost.isEmpty() && action instanceof SessionAction.ReportFailure failed) {
                effects.add(new Effect.ReportToExtensions(new SessionChange.HandshakeFailed(failed.failure())));
            }
        }
        if (!lost.equals(made)) {
            lost.ifPresent(session -> effects.add(new Effect.ReportToExtensions(new SessionChange.Ended())));
            made.ifPresent(
                    session -> effects.add(new Effect.ReportToExtensions(new SessionChange.Started(hadSession))));
            hadSession |= made.isPresent();
        }
    }
}
