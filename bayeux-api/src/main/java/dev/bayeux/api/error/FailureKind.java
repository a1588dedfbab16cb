package dev.bayeux.api.error;

/** Says whether another attempt can succeed after a failure. */
public enum FailureKind {

    /** May pass by itself: a lost connection, a busy server. The client retries after its backoff. */
    TRANSIENT,

    /**
     * The server refuses the client's credentials (HTTP 401, 403 or 407, or a Bayeux refusal that says so). The client
     * asks for fresh credentials at once. If the server refuses those too, a client that was never connected stops. A
     * client that has been connected retries after its backoff, unless
     * {@link dev.bayeux.api.ClientBuilder#onAuthenticationFailure} says otherwise.
     */
    AUTHENTICATION,

    /**
     * Will not pass by itself: a wrong address, a certificate that is not trusted, a server that does not speak Bayeux.
     * Before the first connection, three such failures in a row stop the client. A client that has been connected
     * retries after its backoff, since the same address and settings have worked.
     */
    PERMANENT,

    /**
     * A setting of this client must change: no transport in common with the server, an unusable value. Before the first
     * connection the client does not retry, except with another transport if there is one.
     */
    CONFIGURATION
}
