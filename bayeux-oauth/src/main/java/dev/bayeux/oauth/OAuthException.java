package dev.bayeux.oauth;

import dev.bayeux.api.error.SafeText;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says why there is no access token: where it was asked for, what the server answered, and what to do. Shows no secret. */
public final class OAuthException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The HTTP status, 0 if no response has arrived. */
    private final int status;
    /** The error code of the server. */
    private final @Nullable String error;

    OAuthException(String message, int status, @Nullable String error, @Nullable Throwable cause) {
        super(SafeText.of(message, SafeText.MAX_MESSAGE_CHARACTERS), cause);
        this.status = status;
        this.error = error;
    }

    /**
     * {@return the HTTP status of the response; empty if none has arrived}
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * {@return the error code of RFC 6749, 5.2, such as {@code invalid_grant}; empty if the server did not send one}
     */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }
}
