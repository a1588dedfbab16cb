package dev.bayeux.cli.console;

/**
 * Reports that the reader of the standard output has closed it, as {@code | head -1} does. The program then ends with
 * code 0.
 */
public final class OutputClosedException extends OutputException {

    private static final long serialVersionUID = 1L;

    OutputClosedException(Throwable cause) {
        super("The standard output is closed.", cause);
    }
}
