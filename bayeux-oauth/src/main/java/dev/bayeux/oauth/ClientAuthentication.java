package dev.bayeux.oauth;

/** How a token request carries the client id and the client secret (RFC 6749, 2.3.1). */
public enum ClientAuthentication {

    /** In the header {@code Authorization}, by HTTP Basic. Every authorization server must accept it. */
    BASIC,

    /** As {@code client_id} and {@code client_secret} in the body. */
    BODY
}
