package dev.bayeux.api.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server refused a subscription, or did not answer in time. The subscription does not exist after this. */
public final class SubscribeException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** The channel or pattern. */
    private final String channel;

    /**
     * Made by the engine.
     *
     * @param kind what it means for another attempt
     * @param channel the channel or pattern
     * @param message what happened
     * @param cause why: a {@link RefusedException} with the server's reason, or what kept the answer away
     */
    public SubscribeException(FailureKind kind, String channel, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /**
     * {@return the channel or pattern that was to be subscribed}
     */
    public String channel() {
        return channel;
    }

    /**
     * {@return what the server said, if it was the server who refused}
     */
    public Optional<ServerError> error() {
        return getCause() instanceof RefusedException refused ? Optional.of(refused.error()) : Optional.empty();
    }
}
