package dev.bayeux.api;

/**
 * Supplies credentials. The client calls it before the first handshake, and once more whenever the server refuses the
 * credentials (HTTP 401, 403 or 407, or a Bayeux refusal of a handshake or connect that says so). If the server refuses the
 * fresh ones too, the client does what {@link OnAuthenticationFailure} says.
 *
 * <p>If the credentials say when they {@linkplain Credentials#expiringAt expire}, the client also calls the source
 * before that, for the first request that needs them: over a WebSocket the next upgrade or handshake. Requests wait for
 * the result, and one call serves all of them. If the call fails, the client keeps using the present credentials. It
 * calls the source again when half of the remaining time has passed.
 */
@FunctionalInterface
public interface CredentialsSource {

    /**
     * Supplies credentials. May block, to fetch a token. The client makes one call at a time, on a virtual thread that
     * is interrupted when the client is closed.
     *
     * @param refused whether the server has refused what this source supplied last: the result must then be fresh
     * @return credentials, kept until they are refused or about to expire
     * @throws Exception if there are none; the attempt has then failed, and the client retries it after the backoff
     */
    Credentials credentials(boolean refused) throws Exception;
}
