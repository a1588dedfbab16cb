package dev.bayeux.api;

/**
 * Says what a client that has been connected does when the server refuses its credentials: HTTP 401, 403 or 407, on a
 * request or on the upgrade to a WebSocket, or a Bayeux refusal that says so. A proxy, a firewall or a server that is
 * being replaced also answers like this for a few seconds.
 *
 * <p>A client that was never connected stops, whatever is set here. With a {@link CredentialsSource} it stops when the
 * server refuses fresh credentials too, without one after three such failures in a row.
 */
public enum OnAuthenticationFailure {

    /**
     * The client retries after its backoff, and asks the {@link CredentialsSource}, if there is one, for fresh
     * credentials before each attempt. {@link Backoff#maxAttempts()} and {@link Backoff#maxTime()} still end the
     * retries. The default.
     */
    RETRY,

    /** The client stops, as one that was never connected does, and every waiting call fails with the reason. */
    STOP
}
