package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/** A setting of the client, or what is on its class path or module path, must change. The text names the cure. */
public final class ConfigurationException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * With no cause.
     *
     * @param message what is wrong and what to do
     */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * With a cause.
     *
     * @param message what is wrong and what to do
     * @param cause what showed it
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(FailureKind.CONFIGURATION, message, cause);
    }
}
