package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The position of a channel could not be honoured, found or saved: messages may have been missed, or may come again. The
 * text says which.
 */
public final class PositionException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel or pattern. */
    private final String channel;

    /**
     * Made by the engine, and by stores of positions.
     *
     * @param channel the channel or pattern
     * @param message what happened and what it means
     * @param cause why: a {@link RefusedException} with the server's reason, or what the store threw
     */
    public PositionException(String channel, String message, @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /**
     * {@return the channel or pattern whose position it is}
     */
    public String channel() {
        return channel;
    }
}
