package dev.bayeux.core.message;

import jakarta.json.JsonException;

/** Reports that a text is not JSON. Has no stack trace, since a reply may have a hundred thousand broken elements. */
final class NotJsonException extends JsonException {

    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
        super(message);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
