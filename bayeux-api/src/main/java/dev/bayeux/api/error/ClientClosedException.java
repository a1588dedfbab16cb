package dev.bayeux.api.error;

/**
 * Reports that the program has closed the client, or the subscription. A closed client cannot be opened again; build
 * another one.
 */
public final class ClientClosedException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception; called by the engine.
     *
     * @param message what was closed
     */
    public ClientClosedException(String message) {
        super(FailureKind.CONFIGURATION, message, null);
    }
}
