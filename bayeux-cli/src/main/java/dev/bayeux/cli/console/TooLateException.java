package dev.bayeux.cli.console;

/** Reports that a message did not arrive in time. */
public final class TooLateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with a text for the user.
     *
     * @param message what did not arrive
     */
    public TooLateException(String message) {
        super(message);
    }
}
