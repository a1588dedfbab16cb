package dev.bayeux.cli.console;

/** Reports that input of the user cannot be used. */
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with a text for the user.
     *
     * @param message what is wrong and what to do
     */
    public BadInputException(String message) {
        super(message);
    }
}
