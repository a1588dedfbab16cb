package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports that an extension held a message back ({@code 404::message_deleted}), or failed at it. The client did not
 * send the message. Found as the cause of another exception.
 */
public final class HeldBackException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** Which one it was. */
    private final String extension;

    /**
     * Makes the exception; called by the engine.
     *
     * @param extension the extension's name
     * @param channel the message's channel
     * @param cause what the extension threw, {@code null} if it held the message back on purpose
     */
    public HeldBackException(String extension, String channel, @Nullable Throwable cause) {
        super(FailureKind.TRANSIENT, (cause == null
                ? "404::message_deleted: the extension %s held back a message on %s."
                : "The extension %s failed at a message on %s, which was not sent.").formatted(extension, channel),
                cause);
        this.extension = Objects.requireNonNull(extension, "extension");
    }

    /**
     * {@return the name of the extension}
     */
    public String extension() {
        return extension;
    }
}
