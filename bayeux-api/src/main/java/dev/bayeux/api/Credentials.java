package dev.bayeux.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Proves to the server who the client is. Immutable. The text form shows names and no values.
 *
 * @param headers headers for every request
 * @param ext fields for the {@code ext} of every handshake
 * @param expiresAt when the server will refuse them, {@code null} if that is not known
 */
public record Credentials(Map<String, String> headers, JsonObject ext, @Nullable Instant expiresAt) {

    /** Copies the headers. */
    public Credentials {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(ext, "ext");
    }

    /**
     * Makes credentials whose end is not known.
     *
     * @param headers headers for every request
     * @param ext fields for the {@code ext} of every handshake
     */
    public Credentials(Map<String, String> headers, JsonObject ext) {
        this(headers, ext, null);
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

    /**
     * Makes credentials of a bearer token (RFC 6750).
     *
     * @param token the token
     * @return credentials with a header {@code Authorization: Bearer ...}
     */
    public static Credentials bearer(String token) {
        return new Credentials(Map.of("Authorization", "Bearer " + Objects.requireNonNull(token, "token")),
                JsonValue.EMPTY_JSON_OBJECT);
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
        return new Credentials(Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Makes credentials that servers expect in the handshake itself.
     *
     * @param ext fields for the handshake's {@code ext}
     * @return credentials without headers
     */
    public static Credentials ext(JsonObject ext) {
        return new Credentials(Map.of(), ext);
    }

    @Override
    public String toString() {
        return "Credentials[headers=%s, ext=%s, expiresAt=%s]".formatted(headers.keySet(), ext.keySet(), expiresAt);
    }
}
