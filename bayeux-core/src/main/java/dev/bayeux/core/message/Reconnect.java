package dev.bayeux.core.message;

import org.jspecify.annotations.Nullable;

/** The word by which the server steers what comes next (Bayeux 1.0, "reconnect advice field"). */
public enum Reconnect {

    /** Connect again with the same session. */
    RETRY,

    /** The session is gone: handshake. */
    HANDSHAKE,

    /** Stop. */
    NONE;

    /** Reads the word; one that is not known counts as absent (C-20, row A9). */
    static @Nullable Reconnect of(String word) {
        return switch (word) {
            case "retry" -> RETRY;
            case "handshake" -> HANDSHAKE;
            case "none" -> NONE;
            default -> null;
        };
    }
}
