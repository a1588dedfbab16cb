package dev.bayeux.api.error;

/** The client, or the subscription, was closed by the program. Closed is final: build another one. */
public final class ClientClosedException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Made by the engine.
     *
     * @param message what was closed
     */
    public ClientClosedException(String message) {
        super(FailureKind.CONFIGURATION, message, null);
    }
}
