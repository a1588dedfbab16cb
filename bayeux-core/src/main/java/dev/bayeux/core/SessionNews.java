package dev.bayeux.core;

import dev.bayeux.api.spi.SessionChange;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.Transition;
import java.util.Optional;

/** Tells extensions what becomes of sessions. Guarded by the session's lock. */
final class SessionNews {

    private final ExtensionChain extensions;
    private boolean hadSession;

    SessionNews(ExtensionChain extensions) {
        this.extensions = extensions;
    }

    /** The program wants a session: the one it gets is the first. */
    void connecting() {
        hadSession = false;
    }

    void changed(SessionState before, Transition transition) {
        Optional<String> lost = before.clientId();
        Optional<String> made = transition.state().clientId();
        for (SessionAction action : transition.actions()) {
            // What fails within a session is a connect.
            if (lost.isEmpty() && action instanceof SessionAction.TellFailure failed) {
                extensions.changed(new SessionChange.HandshakeFailed(failed.failure()));
            }
        }
        if (!lost.equals(made)) {
            lost.ifPresent(session -> extensions.changed(new SessionChange.Ended()));
            made.ifPresent(session -> extensions.changed(new SessionChange.Started(hadSession)));
            hadSession |= made.isPresent();
        }
    }
}
