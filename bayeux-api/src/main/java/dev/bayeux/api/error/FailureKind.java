package dev.bayeux.api.error;

/** What a failure means for the next attempt. */
public enum FailureKind {

    /** May pass by itself: a lost connection, a busy server. The client tries again after its backoff. */
    TRANSIENT,

    /**
     * The server does not accept who the client is (HTTP 401, 403 or 407, or a Bayeux refusal that says so). Fresh
     * credentials are asked for at once. If those are refused as well, a client that was never connected stops; a client
     * that has been connected keeps trying after its backoff, unless
     * {@link dev.bayeux.api.ClientBuilder#onAuthenticationFailure} says otherwise.
     */
    AUTHENTICATION,

    /**
     * Will not pass by itself: a wrong address, a certificate that is not trusted, a server that does not speak Bayeux.
     * Before the first connection three such failures in a row stop the client; a client that has been connected keeps
     * trying after its backoff, since the same address and settings have worked.
     */
    PERMANENT,

    /**
     * A setting of this client must change: no transport in common with the server, an unusable value. Not retried before
     * the first connection, but with another transport if there is one.
     */
    CONFIGURATION
}
