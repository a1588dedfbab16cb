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
 * What proves to the server who we are. The text form shows names and no values.
 *
 * @param headers headers for every request
 * @param ext what to add to the {@code ext} of every handshake
 * @param expiresAt when the server will not take them any more, {@code null} if that is not known
 */
public record Credentials(Map<String, String> headers, JsonObject ext, @Nullable Instant expiresAt) {

    /** Copies the headers. */
    public Credentials {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(ext, "ext");
    }

    /**
     * Credentials of which nobody knows when they expire.
     *
     * @param headers headers for every request
     * @param ext what to add to the {@code ext} of every handshake
     */
    public Credentials(Map<String, String> headers, JsonObject ext) {
        this(headers, ext, null);
    }

    /**
     * The same with an end. The client asks its source for others shortly before: a tenth of the time that is left when it
     * gets them, but no more than 30 s.
     *
     * @param end when the server will not take them any more, by the clock of this machine
     * @return credentials
     */
    public Credentials expiringAt(Instant end) {
        return new Credentials(headers, ext, Objects.requireNonNull(end, "end"));
    }

    /**
     * A bearer token (RFC 6750).
     *
     * @param token the token
     * @return a header {@code Authorization: Bearer ...}
     */
    public static Credentials bearer(String token) {
        return new Credentials(Map.of("Authorization", "Bearer " + Objects.requireNonNull(token, "token")),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * A user and a password (RFC 7617).
     *
     * @param user the user, with no colon in it
     * @param password the password
     * @return a header {@code Authorization: Basic ...}
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
     * What servers expect in the handshake itself.
     *
     * @param ext what to add to the handshake's {@code ext}
     * @return credentials with no header
     */
    public static Credentials ext(JsonObject ext) {
        return new Credentials(Map.of(), ext);
    }

    @Override
    public String toString() {
        return "Credentials[headers=%s, ext=%s, expiresAt=%s]".formatted(headers.keySet(), ext.keySet(), expiresAt);
    }
}
