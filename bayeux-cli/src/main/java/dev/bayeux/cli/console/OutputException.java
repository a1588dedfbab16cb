package dev.bayeux.cli.console;

/** Reports that the standard output cannot be written, for example because the disk is full. The program then ends. */
public sealed class OutputException extends RuntimeException permits OutputClosedException {

    private static final long serialVersionUID = 1L;

    OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
