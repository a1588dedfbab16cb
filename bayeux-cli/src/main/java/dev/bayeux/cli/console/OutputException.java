package dev.bayeux.cli.console;

/** The standard output cannot be written, for example since the disk is full. Nothing more is written then. */
public sealed class OutputException extends RuntimeException permits OutputClosedException {

    private static final long serialVersionUID = 1L;

    OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
