package dev.bayeux.cli.console;

/** What the user has given cannot be used. */
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a text for the user.
     *
     * @param message what is wrong and what to do
     */
    public BadInputException(String message) {
        super(message);
    }
}
