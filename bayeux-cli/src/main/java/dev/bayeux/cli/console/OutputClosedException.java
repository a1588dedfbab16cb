package dev.bayeux.cli.console;

/** Nobody reads the standard output any more, as with {@code | head -1}. The program then ends, and all is well. */
public final class OutputClosedException extends OutputException {

    private static final long serialVersionUID = 1L;

    OutputClosedException(Throwable cause) {
        super("The standard output is closed.", cause);
    }
}
