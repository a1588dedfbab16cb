package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * No session could be had, or not within the time that the caller allowed. The cause tells the last failure: a
 * {@link RefusedException} if the server said no, a {@link TransportException} if it could not be asked.
 */
public final class HandshakeException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Made by the engine.
     *
     * @param kind what it means for another attempt
     * @param message what happened and what to do
     * @param cause the last failure, if there was one
     */
    public HandshakeException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
    }
}
