package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the data of one message could not be converted to JSON, or to the type of the subscription.
 * {@code publish}, {@code call}, {@code take} and {@code poll} throw it. For a handler or a publisher it is an event,
 * and the subscription continues with the next message.
 */
public final class PayloadException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel. */
    private final String channel;
    /** The beginning of the data. */
    private final String text;
    /** What the server has given to the message. */
    private final @Nullable String replayId;

    /**
     * Makes the exception for data that cannot be converted to JSON; called by the engine.
     *
     * @param channel the message's channel
     * @param message what could not be converted into what
     * @param cause the failure of the binding
     */
    public PayloadException(String channel, String message, @Nullable Throwable cause) {
        this(channel, "", null, message, cause);
    }

    /**
     * Makes the exception for data that was received; called by the engine.
     *
     * @param channel the message's channel
     * @param text the data as it was received, cut short
     * @param replayId the replay id that the server has given to the message, {@code null} if it has none
     * @param message what could not be converted into what
     * @param cause the failure of the binding
     */
    public PayloadException(String channel, String text, @Nullable String replayId, String message,
            @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
        this.text = Objects.requireNonNull(text, "text");
        this.replayId = replayId;
    }

    /**
     * {@return the channel of the message}
     */
    public String channel() {
        return channel;
    }

    /** {@return the data as it was received, cut off after 200 characters; empty if the program tried to send it} */
    public String text() {
        return text;
    }

    /**
     * {@return the message's replay id, if the server has given it one: text, or the digits of a number}
     */
    public Optional<String> replayId() {
        return Optional.ofNullable(replayId);
    }
}
