package dev.bayeux.core.message;

import jakarta.json.JsonException;

/** Reports that a text is not JSON. Has no stack trace, since a reply may have a hundred thousand broken elements. */
class NotJsonException extends JsonException {

    private static final long serialVersionUID = 1L;

    private final int place;

    NotJsonException(String message, int place) {
        super(message);
        this.place = place;
    }

    int place() {
        return place;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
