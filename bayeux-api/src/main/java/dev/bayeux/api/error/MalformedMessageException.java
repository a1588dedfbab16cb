package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/** Reports that the server sent something that is not a Bayeux message: not JSON, or JSON of another shape. */
public final class MalformedMessageException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception; called by the engine and by transports.
     *
     * @param message what arrived and what was expected; cut short, with no secrets
     * @param cause the parser's own failure, if there was one
     */
    public MalformedMessageException(String message, @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
    }
}
