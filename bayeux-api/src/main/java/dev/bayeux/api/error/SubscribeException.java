package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the server refused a subscription, or did not answer in time. The subscription does not exist after
 * this.
 */
public final class SubscribeException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel or pattern. */
    private final String channel;

    /**
     * Makes the exception; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param channel the channel or pattern
     * @param message what happened
     * @param cause the reason: a {@link RefusedException} with the server's error, or the failure that kept the answer
     *            away
     */
    public SubscribeException(FailureKind kind, String channel, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /** {@return the channel or pattern of the subscription} */
    public String channel() {
        return channel;
    }

    /** {@return the server's error, if a Bayeux reply refused the subscription} */
    public Optional<ServerError> error() {
        return getCause() instanceof RefusedException refused ? Optional.of(refused.error()) : Optional.empty();
    }
}
