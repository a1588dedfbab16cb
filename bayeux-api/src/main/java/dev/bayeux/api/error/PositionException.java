package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a position of a channel could not be honoured, found or saved. Messages may have been missed, or may
 * come again; the text says which.
 */
public final class PositionException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel or pattern. */
    private final String channel;

    /**
     * Makes the exception; called by the engine, and by position stores.
     *
     * @param channel the channel or pattern
     * @param message what happened and what it means
     * @param cause why: a {@link RefusedException} with the server's reason, or what the store threw
     */
    public PositionException(String channel, String message, @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /** {@return the channel or pattern of the position} */
    public String channel() {
        return channel;
    }
}
