package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports that the client got no session, or not within the time that the caller allowed. The cause is the last
 * failure: a {@link RefusedException} if the server refused, a {@link TransportException} if it could not be reached.
 */
public final class HandshakeException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param message what happened and what to do
     * @param cause the last failure, if there was one
     */
    public HandshakeException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
    }
}
