package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports that there is no session and none is being made. The program disconnected, the server ended the session, or
 * the client stopped retrying. The cause, if any, says why. {@code connect()} makes a new session.
 */
public final class DisconnectedException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param message what happened
     * @param cause the failure that ended the session; {@code null} if the program ended it
     */
    public DisconnectedException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
    }
}
