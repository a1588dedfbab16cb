package dev.bayeux.core.message;

import jakarta.json.JsonException;

/** A text is no JSON. Has no stack trace: a reply may hold a hundred thousand elements that are broken. */
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
