package dev.bayeux.api;

/**
 * What a client that has been connected does when it is refused for who it is: HTTP 401, 403 or 407, on a request or on
 * the upgrade to a WebSocket, or a Bayeux refusal that says so. A proxy, a firewall or a server that is being replaced
 * answers like this for a few seconds, too.
 *
 * <p>A client that was never connected stops whatever is set here: with a {@link CredentialsSource} when fresh
 * credentials are refused as well, without one after three such failures in a row.
 */
public enum OnAuthenticationFailure {

    /**
     * The client goes on trying after its backoff, and asks the {@link CredentialsSource}, if there is one, for fresh
     * credentials before each attempt. {@link Backoff#maxAttempts()} and {@link Backoff#maxTime()} still end it. The
     * default.
     */
    RETRY,

    /**
     * The client stops as one that was never connected does, and everything that waits is told why.
     */
    STOP
}
