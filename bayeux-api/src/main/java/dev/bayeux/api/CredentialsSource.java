package dev.bayeux.api;

/**
 * Gives credentials: asked before the first handshake, and once more whenever the server refuses those it gave (HTTP 401
 * or 403, or a Bayeux refusal of a handshake or connect that says as much). If the fresh ones are refused as well, the
 * client stops.
 */
@FunctionalInterface
public interface CredentialsSource {

    /**
     * Gives credentials. May block, to fetch a token; one call at a time for each client, on a virtual thread that is
     * interrupted when the client is closed.
     *
     * @param refused whether the server has refused what this source gave last: what is returned must be fresh
     * @return credentials, kept until they are refused
     * @throws Exception if there are none; the attempt has then failed and is repeated after the backoff
     */
    Credentials credentials(boolean refused) throws Exception;
}
