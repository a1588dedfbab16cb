package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message was not accepted by the server, or nobody knows whether it was. {@link #outcome()} tells which; a program
 * that cannot bear duplicates sends again only after {@link Outcome#NOT_SENT}.
 */
public final class PublishException extends BayeuxException {

    /** How sure it is that the server did not process the message. */
    public enum Outcome {

        /** The message never left: sending it again cannot make a duplicate. */
        NOT_SENT,

        /** The server answered, and said no. Sending the same again will most likely be refused again. */
        REFUSED,

        /** The message left and no answer came back: the server may have processed it, or not. */
        UNKNOWN
    }

    private static final long serialVersionUID = 1L;

    /** How sure. */
    private final Outcome outcome;
    /** The channel. */
    private final String channel;
    /** What a refusal carries, as JSON text. */
    private final @Nullable String data;

    /**
     * Made by the engine.
     *
     * @param kind what it means for another attempt
     * @param outcome how sure it is that the message was not processed
     * @param channel where it was to go
     * @param message what happened
     * @param cause why, if something else was the reason
     */
    public PublishException(FailureKind kind, Outcome outcome, String channel, String message,
            @Nullable Throwable cause) {
        this(kind, outcome, channel, message, cause, null);
    }

    /**
     * Made by the engine for a refusal that carries data.
     *
     * @param kind what it means for another attempt
     * @param outcome how sure it is that the message was not processed
     * @param channel where it was to go
     * @param message what happened
     * @param cause why, if something else was the reason
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
     * {@return the data of the reply that refused the message, as JSON text; empty if the reply has none. A refused call
     * of CometD, for example, says there why}
     */
    public Optional<String> data() {
        return Optional.ofNullable(data);
    }

    /**
     * {@return how sure it is that the server did not process the message}
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * {@return the channel the message was for}
     */
    public String channel() {
        return channel;
    }

    /**
     * {@return what the server said, if a Bayeux reply refused the message}
     */
    public Optional<ServerError> error() {
        return getCause() instanceof RefusedException refused ? Optional.of(refused.error()) : Optional.empty();
    }
}
