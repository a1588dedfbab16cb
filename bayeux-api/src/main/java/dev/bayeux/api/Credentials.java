package dev.bayeux.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves to the server who the client is. Immutable. The text form shows names and no values.
 */
public final class Credentials {

    /** No header and no field: for a source that has nothing to add. */
    public static final Credentials NONE = new Credentials(Map.of(), JsonValue.EMPTY_JSON_OBJECT, null);

    private final Map<String, String> headers;
    private final JsonObject ext;
    private final @Nullable Instant expiresAt;

    private Credentials(Map<String, String> headers, JsonObject ext, @Nullable Instant expiresAt) {
        this.headers = Map.copyOf(headers);
        this.ext = Objects.requireNonNull(ext, "ext");
        this.expiresAt = expiresAt;
    }

    /**
     * Makes credentials of headers.
     *
     * @param headers headers for every request
     * @return credentials without fields for the handshake
     */
    public static Credentials headers(Map<String, String> headers) {
        return NONE.withHeaders(headers);
    }

    /**
     * Makes credentials of a bearer token (RFC 6750).
     *
     * @param token the token
     * @return credentials with a header {@code Authorization: Bearer ...}
     */
    public static Credentials bearer(String token) {
        return headers(Map.of("Authorization", "Bearer " + Objects.requireNonNull(token, "token")));
    }

    /**
     * Makes credentials of a user and a password (RFC 7617).
     *
     * @param user the user, without a colon
     * @param password the password
     * @return credentials with a header {@code Authorization: Basic ...}
     * @throws IllegalArgumentException if the user contains a colon
     */
    public static Credentials basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("A user name for HTTP Basic authentication must not have a colon.");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return headers(Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /**
     * Makes credentials that servers expect in the handshake itself.
     *
     * @param ext fields for the handshake's {@code ext}
     * @return credentials without headers
     */
    public static Credentials ext(JsonObject ext) {
        return NONE.withExt(ext);
    }

    /**
     * Returns a copy with other headers.
     *
     * @param all headers for every request, instead of those that these credentials have
     * @return credentials
     */
    public Credentials withHeaders(Map<String, String> all) {
        return new Credentials(all, ext, expiresAt);
    }

    /**
     * Returns a copy with other fields for the handshake.
     *
     * @param fields fields for the {@code ext} of every handshake, instead of those that these credentials have
     * @return credentials
     */
    public Credentials withExt(JsonObject fields) {
        return new Credentials(headers, fields, expiresAt);
    }

    /**
     * Returns a copy with an end. The client asks its source for new credentials shortly before the end: in the last
     * tenth of the time that was left when it received these, 30 s at most.
     *
     * @param end when the server will refuse them, by the clock of this machine
     * @return credentials
     */
    public Credentials expiringAt(Instant end) {
        return new Credentials(headers, ext, Objects.requireNonNull(end, "end"));
    }

    /** {@return headers for every request; unmodifiable} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return fields for the {@code ext} of every handshake} */
    public JsonObject ext() {
        return ext;
    }

    /** {@return when the server will refuse them, if that is known} */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials credentials && credentials.headers.equals(headers)
                && credentials.ext.equals(ext) && Objects.equals(credentials.expiresAt, expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(headers, ext, expiresAt);
    }

    @Override
    public String toString() {
        return "Credentials[headers=%s, ext=%s, expiresAt=%s]".formatted(headers.keySet(), ext.keySet(),
                expiresAt == null ? "unknown" : expiresAt);
    }
}
