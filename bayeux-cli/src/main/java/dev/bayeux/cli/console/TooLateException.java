package dev.bayeux.cli.console;

/** What the user waits for has not come in time. */
public final class TooLateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a text for the user.
     *
     * @param message what has not come
     */
    public TooLateException(String message) {
        super(message);
    }
}
