package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports that a setting of the client, or something on its class path or module path, must change. The text says what
 * to change.
 */
public final class ConfigurationException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception without a cause.
     *
     * @param message what is wrong and what to do
     */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * Makes the exception with a cause.
     *
     * @param message what is wrong and what to do
     * @param cause the failure that showed it
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(FailureKind.CONFIGURATION, message, cause);
    }
}
