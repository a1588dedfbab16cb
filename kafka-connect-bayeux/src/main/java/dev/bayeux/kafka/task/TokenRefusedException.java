package dev.bayeux.kafka.task;

import java.io.IOException;

/** The token endpoint refuses the client's id or secret: it makes no sense to ask again. */
final class TokenRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    TokenRefusedException(String message) {
        super(message);
    }
}
