package dev.bayeux.oauth;

import dev.bayeux.api.error.SafeText;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends token requests and reads what the authorization server answers. */
final class TokenEndpoint {

    private static final int MOST_BYTES = 65_536;
    private static final long LONGEST_LIFETIME_SECONDS = Duration.ofDays(3_660).toSeconds();

    private final GrantRequest request;
    private final RefreshToken refreshToken;
    private final @Nullable Duration assumedLifetime;
    private final boolean plainHttp;
    private final TokenConnection connection;
    private final JsonProvider json;
    private final Clock clock;

    TokenEndpoint(GrantRequest request, RefreshToken refreshToken, @Nullable Duration assumedLifetime,
            boolean plainHttp, TokenConnection connection, JsonProvider json, Clock clock) {
        this.request = request;
        this.refreshToken = refreshToken;
        this.assumedLifetime = assumedLifetime;
        this.plainHttp = plainHttp;
        this.connection = connection;
        this.json = json;
        this.clock = clock;
    }

    Grant grant() {
        return request.grant();
    }

    boolean mayIssueRefreshToken() {
        return grant() == Grant.REFRESH_TOKEN;
    }

    String where() {
        return Addresses.shown(request.uri());
    }

    AccessToken fetch(Duration timeout) throws OAuthException, InterruptedException {
        Instant sentAt = clock.instant();
        Map<String, String> form = request.form(refreshToken.value(), json, sentAt);
        try {
            return connection.send(request.toHttp(form, timeout), timeout,
                    (status, body) -> read(status, body.readNBytes(MOST_BYTES + 1), form, sentAt));
        } catch (OAuthException known) {
            throw known;
        } catch (HttpTimeoutException slow) {
            throw late(timeout);
        } catch (IOException lost) {
            throw new OAuthException("Cannot get an access token from " + where() + ": the request failed ("
                    + request.hide(SafeText.reason(lost), form)
                    + "). Check the address, the network and, for https, the certificate"
                    + " of the server.", 0, null, lost);
        }
    }

    OAuthException late(Duration timeout) {
        return new OAuthException("Cannot get an access token from %s: no complete response within %d ms (timeout)."
                .formatted(where(), timeout.toMillis()), 0, null, null);
    }

    /** Makes a separate exception for each thread that waits. */
    OAuthException failure(Throwable failure) {
        if (failure instanceof OAuthException known) {
            return new OAuthException(String.valueOf(known.getMessage()), known.status().orElse(0),
                    known.error().orElse(null), known);
        }
        return new OAuthException("Cannot get an access token from " + where() + ": " + failure.getClass().getName(), 0,
                null, failure);
    }

    private AccessToken read(int status, byte[] body, Map<String, String> form, Instant sentAt) throws OAuthException {
        if (body.length > MOST_BYTES) {
            throw refused(status, null, "a response of more than " + MOST_BYTES + " bytes", "");
        }
        Optional<JsonObject> object = object(body);
        if (status / 100 != 2 || object.isPresent() && object.get().containsKey("error")) {
            throw error(status, object, form);
        }
        if (object.isEmpty()) {
            throw refused(status, null, "a response that is no JSON object",
                    " Is it the address of the token endpoint?");
        }
        return token(status, object.get(), sentAt);
    }

    private Optional<JsonObject> object(byte[] body) {
        try (JsonReader reader = json.createReader(new ByteArrayInputStream(body))) {
            return reader.readValue() instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonException invalid) {
            // Without it: the parser shows the text where it fails, which may be a token.
            return Optional.empty();
        }
    }

    private OAuthException error(int status, Optional<JsonObject> object, Map<String, String> form) {
        String code = object.flatMap(found -> text(found, "error")).map(text -> request.hide(SafeText.of(text), form))
                .orElse(null);
        String description = object.flatMap(found -> text(found, "error_description"))
                .map(text -> ": " + request.hide(SafeText.of(text), form)).orElse("");
        String hint = switch (status / 100) {
            case 3 -> " Redirects are not followed, since the request carries secrets: name the token endpoint itself.";
            case 4 -> code != null && (code.equals("invalid_grant") || code.equals("invalid_client"))
                    ? " " + grant().hint
                    : status == 404 || status == 405 ? " Is it the address of the token endpoint?" : "";
            default -> "";
        };
        return refused(status, code, (code == null ? "no error code" : code) + description, hint);
    }

    private OAuthException refused(int status, @Nullable String code, String what, String hint) {
        return new OAuthException(
                "Cannot get an access token from %s: HTTP status %d, %s.%s".formatted(where(), status, what,
                        hint),
                status, code, null);
    }

    private AccessToken token(int status, JsonObject object, Instant sentAt) throws OAuthException {
        String value = text(object, "access_token").filter(TokenEndpoint::isBearerToken).orElse(null);
        if (value == null) {
            throw refused(status, null, "a response without a usable access_token", "");
        }
        String type = text(object, "token_type").orElse("Bearer");
        if (!type.equalsIgnoreCase("bearer")) {
            throw refused(status, null, "a token of type " + SafeText.of(type, 40),
                    " Only bearer tokens are supported.");
        }
        Optional<Instant> end = lifetime(status, object).map(sentAt::plus);
        Optional<URI> instance = instance(status, object);
        keepRefreshToken(status, object);
        return new AccessToken(value, end, instance, object);
    }

    /** Whether the text can stand in a header: RFC 6750 allows less than this, servers send more. */
    private static boolean isBearerToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private Optional<Duration> lifetime(int status, JsonObject object) throws OAuthException {
        JsonValue expires = object.get("expires_in");
        if (expires == null || expires == JsonValue.NULL) {
            return Optional.ofNullable(assumedLifetime);
        }
        double seconds = -1;
        if (expires instanceof JsonNumber number) {
            seconds = number.doubleValue();
        } else if (expires instanceof JsonString string && string.getString().matches("\\d{1,18}")) {
            seconds = Double.parseDouble(string.getString());
        }
        if (seconds < 1) {
            throw refused(status, null, "an expires_in that is no positive number of seconds", "");
        }
        return Optional.of(Duration.ofSeconds((long) Math.min(seconds, (double) LONGEST_LIFETIME_SECONDS)));
    }

    private Optional<URI> instance(int status, JsonObject object) throws OAuthException {
        Optional<String> text = text(object, "instance_url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text.get());
            if (address.getHost() != null && address.getRawUserInfo() == null && Addresses.isSafe(address, plainHttp)) {
                return Optional.of(address);
            }
        } catch (URISyntaxException invalid) {
            // Refused below.
        }
        throw refused(status, null, "an instance_url that is no https address", " The token must not be sent there.");
    }

    private void keepRefreshToken(int status, JsonObject object) throws OAuthException {
        Optional<String> next = text(object, "refresh_token").filter(text -> !text.isEmpty());
        if (!mayIssueRefreshToken() || next.isEmpty()) {
            return;
        }
        try {
            refreshToken.replace(next.get());
        } catch (RuntimeException notStored) {
            // Without it as a cause: its text may hold the token.
            throw refused(status, null,
                    "a new refresh token, which onRefreshToken did not store (" + notStored.getClass().getName() + ")",
                    "");
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
