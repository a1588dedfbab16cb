package dev.bayeux.api;

/**
 * What to do when the server ends the session for good: a {@code /meta/disconnect} of its own, or the advice
 * {@code reconnect: none} (Bayeux 1.0, "reconnect advice field").
 */
public enum OnServerDisconnect {

    /** Obey: the client is disconnected, and everything that waits is told why. The default. */
    STOP,

    /** Make a new session after the backoff, as if the server had asked for a handshake. */
    RECONNECT
}
