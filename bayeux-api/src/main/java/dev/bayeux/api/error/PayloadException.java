package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data of one message could not be turned into JSON, or into the type that was asked for. Thrown to the caller of
 * {@code publish}, {@code call}, {@code take} or {@code poll}; reported as an event for a handler, which goes on with
 * the next message.
 */
public final class PayloadException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel. */
    private final String channel;

    /**
     * Made by the engine.
     *
     * @param channel the message's channel
     * @param message what could not be converted into what
     * @param cause the binding's own failure
     */
    public PayloadException(String channel, String message, @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /**
     * {@return the channel of the message}
     */
    public String channel() {
        return channel;
    }
}
