package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no session, and none is being made: the program disconnected, the server ended the session for good, or the
 * client gave up. The cause, if any, says why. {@code connect()} starts anew.
 */
public final class DisconnectedException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Made by the engine.
     *
     * @param kind what it means for another attempt
     * @param message what happened
     * @param cause what ended the session; {@code null} if the program did
     */
    public DisconnectedException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
    }
}
