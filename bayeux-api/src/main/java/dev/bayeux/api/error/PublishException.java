package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the server did not accept a message, or that the client does not know whether it did; {@link #outcome()} says
 * which. A
 * program that cannot accept duplicates retries only after {@link Outcome#NOT_SENT}.
 */
public final class PublishException extends BayeuxException {

    /** Says whether the server can have processed the message. */
    public enum Outcome {

        /**
         * The server has not processed the message: it never left, or the server refused it because it does not know the
         * session. A retry cannot make a duplicate.
         */
        NOT_SENT,

        /** The server, or a proxy before it, refused the message. It will most likely refuse it again. */
        REFUSED,

        /** The message may have left, and the client has no reply to it. The server may or may not have processed it. */
        UNKNOWN
    }

    private static final long serialVersionUID = 1L;

    /** Whether the server can have processed the message. */
    private final Outcome outcome;
    /** The channel. */
    private final String channel;
    /** What a refusal carries, as JSON text. */
    private final @Nullable String data;

    /**
     * Makes the exception; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param outcome whether the server can have processed the message
     * @param channel the channel of the message
     * @param message what happened
     * @param cause the reason, if it is another failure
     */
    public PublishException(FailureKind kind, Outcome outcome, String channel, String message,
            @Nullable Throwable cause) {
        this(kind, outcome, channel, message, cause, null);
    }

    /**
     * Makes the exception for a refusal that carries data; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param outcome whether the server can have processed the message
     * @param channel the channel of the message
     * @param message what happened
     * @param cause the reason, if it is another failure
     * @param data the data of the server's reply as JSON text, {@code null} if it has none
     */
    public PublishException(FailureKind kind, Outcome outcome, String channel, String message,
            @Nullable Throwable cause, @Nullable String data) {
        super(kind, message, cause);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.channel = Objects.requireNonNull(channel, "channel");
        this.data = data;
    }

    /**
     * {@return the data of the reply that refused the message, as JSON text; empty if the reply has none. A CometD
     * server, for example, puts the reason for refusing a call there}
     */
    public Optional<String> data() {
        return Optional.ofNullable(data);
    }

    /** {@return whether the server can have processed the message} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return the channel of the message} */
    public String channel() {
        return channel;
    }

    /** {@return the server's error, if a Bayeux reply refused the message} */
    public Optional<ServerError> error() {
        return getCause() instanceof RefusedException refused ? Optional.of(refused.error()) : Optional.empty();
    }
}
