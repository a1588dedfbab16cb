package dev.bayeux.core.message;

import org.jspecify.annotations.Nullable;

/** The server's advice for the next step (Bayeux 1.0, "reconnect advice field"). */
public enum Reconnect {

    /** Connect again with the same session. */
    RETRY,

    /** Handshake, since the session is gone. */
    HANDSHAKE,

    /** Stop connecting. */
    NONE;

    /** Reads the value. An unknown value counts as absent (C-20, row A9). */
    static @Nullable Reconnect of(String word) {
        return switch (word) {
            case "retry" -> RETRY;
            case "handshake" -> HANDSHAKE;
            case "none" -> NONE;
            default -> null;
        };
    }
}
