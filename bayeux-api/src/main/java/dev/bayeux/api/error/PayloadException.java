package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data of one message could not be turned into JSON, or into the type that was asked for. Thrown to the caller of
 * {@code publish}, {@code call}, {@code take} or {@code poll}; reported as an event for a handler or a publisher, which
 * goes on with the next message.
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
     * Made by the engine, for data that cannot be turned into JSON.
     *
     * @param channel the message's channel
     * @param message what could not be converted into what
     * @param cause the binding's own failure
     */
    public PayloadException(String channel, String message, @Nullable Throwable cause) {
        this(channel, "", null, message, cause);
    }

    /**
     * Made by the engine, for data that was received.
     *
     * @param channel the message's channel
     * @param text the data as it was received, cut short
     * @param replayId the replay id that the server has given to the message, {@code null} if it has none
     * @param message what could not be converted into what
     * @param cause the binding's own failure
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

    /**
     * {@return the data as it was received, cut off behind 200 characters; empty if it was to be sent}
     */
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
