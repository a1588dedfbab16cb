package dev.bayeux.oauth;

/** The grant by which a client requests a token. */
enum Grant {

    CLIENT_CREDENTIALS("client_credentials", "Check the client id and the client secret."),

    JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer",
            "Check issuer, subject and audience, whether the server has the certificate of the key, and the clock of this"
                    + " machine."),

    REFRESH_TOKEN("refresh_token", "If the refresh token has expired or was revoked, a user must log in again.");

    final String type;
    final String hint;

    Grant(String type, String hint) {
        this.type = type;
        this.hint = hint;
    }
}
