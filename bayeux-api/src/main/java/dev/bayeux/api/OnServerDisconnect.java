package dev.bayeux.api;

/**
 * Says what a client does when the server ends the session for good: with a {@code /meta/disconnect}, or
 * with the advice {@code reconnect: none} (Bayeux 1.0, "reconnect advice field").
 */
public enum OnServerDisconnect {

    /** The client disconnects, and every waiting call fails with the reason. The default. */
    STOP,

    /** The client makes a new session after the backoff, as if the server had asked for a handshake. */
    RECONNECT
}
