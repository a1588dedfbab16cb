package dev.bayeux.api;

/**
 * Gives credentials: asked before the first handshake, and once more whenever the server refuses those it gave (HTTP 401
 * or 403, or a Bayeux refusal of a handshake or connect that says as much). If the fresh ones are refused as well, the
 * client stops.
 *
 * <p>Where it says when they {@linkplain Credentials#expiringAt expire} it is also asked before that, by the first request
 * that needs them: over a WebSocket that is the next upgrade, or the next handshake. A request waits for it, and others
 * wait with it; it is asked once for all of them. If it fails then, what there is goes on being used, and it is asked again
 * when half of the time that was left has passed; what the server refuses is handled as before.
 */
@FunctionalInterface
public interface CredentialsSource {

    /**
     * Gives credentials. May block, to fetch a token; one call at a time for each client, on a virtual thread that is
     * interrupted when the client is closed.
     *
     * @param refused whether the server has refused what this source gave last: what is returned must be fresh
     * @return credentials, kept until they are refused or about to expire
     * @throws Exception if there are none; the attempt has then failed and is repeated after the backoff
     */
    Credentials credentials(boolean refused) throws Exception;
}
