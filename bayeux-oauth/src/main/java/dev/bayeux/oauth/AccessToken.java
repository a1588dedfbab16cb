package dev.bayeux.oauth;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** An access token that an authorization server has issued. Immutable. The text form shows no part of the token. */
public final class AccessToken {

    private final String value;
    private final Optional<Instant> expiresAt;
    private final Optional<URI> instanceUrl;
    private final JsonObject response;

    AccessToken(String value, Optional<Instant> expiresAt, Optional<URI> instanceUrl, JsonObject response) {
        this.value = Objects.requireNonNull(value, "value");
        this.expiresAt = expiresAt;
        this.instanceUrl = instanceUrl;
        this.response = response;
    }

    /**
     * {@return the token itself: a secret}
     */
    public String value() {
        return value;
    }

    /**
     * Tells when the server stops accepting the token, by the clock of this machine.
     *
     * @return the end; empty if the server has not said and {@link OAuthCredentials.Builder#assumedLifetime} is not set
     */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /**
     * Returns where the API of this login is, as Salesforce says in {@code instance_url}.
     *
     * @return the address, such as {@code https://example.my.salesforce.com}; empty if the server did not send one
     */
    public Optional<URI> instanceUrl() {
        return instanceUrl;
    }

    /**
     * Returns everything that the server has sent with the token, for what only one vendor has.
     *
     * @return the response: it holds the token, and perhaps a refresh token
     */
    public JsonObject response() {
        return response;
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=%s, instanceUrl=%s]".formatted(
                expiresAt.map(Object::toString).orElse("unknown"), instanceUrl.map(Object::toString).orElse("none"));
    }
}
