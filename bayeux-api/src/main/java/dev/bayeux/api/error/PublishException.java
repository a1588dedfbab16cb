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
        super(kind, message, cause);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.channel = Objects.requireNonNull(channel, "channel");
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
