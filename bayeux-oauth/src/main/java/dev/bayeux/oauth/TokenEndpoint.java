package dev.bayeux.oauth;

import dev.bayeux.api.error.SafeText;
import dev.bayeux.oauth.OAuthCredentials.Grant;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes token requests and reads what the authorization server answers. */
final class TokenEndpoint {

    private static final int MOST_BYTES = 65_536;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final long LONGEST_LIFETIME_SECONDS = Duration.ofDays(3_660).toSeconds();

    private final JsonProvider json;
    private final Clock clock;
    private final URI uri;
    private final Grant grant;
    private final Client client;
    private final Map<String, String> parameters;
    private final @Nullable JwtAssertion assertion;
    private final @Nullable Duration assumedLifetime;
    private final @Nullable HttpClient httpClient;
    private final @Nullable Consumer<String> onRefreshToken;
    private final boolean plainHttp;

    /** Replaced where the server issues another one. */
    private volatile @Nullable String refreshToken;

    TokenEndpoint(JsonProvider json, Clock clock, URI uri, Grant grant, Client client, Map<String, String> parameters,
            @Nullable JwtAssertion assertion, @Nullable String refreshToken, @Nullable Duration assumedLifetime,
            @Nullable HttpClient httpClient, @Nullable Consumer<String> onRefreshToken, boolean plainHttp) {
        this.json = json;
        this.clock = clock;
        this.uri = uri;
        this.grant = grant;
        this.client = client;
        this.parameters = Map.copyOf(parameters);
        this.assertion = assertion;
        this.refreshToken = refreshToken;
        this.assumedLifetime = assumedLifetime;
        this.httpClient = httpClient;
        this.onRefreshToken = onRefreshToken;
        this.plainHttp = plainHttp;
    }

    /** The program, as the authorization server knows it. */
    record Client(Optional<String> id, Optional<String> secret, ClientAuthentication authentication) {

        boolean isBasic() {
            return id.isPresent() && secret.isPresent() && authentication == ClientAuthentication.BASIC;
        }
    }

    Grant grant() {
        return grant;
    }

    boolean mayIssueRefreshToken() {
        return grant == Grant.REFRESH_TOKEN;
    }

    String where() {
        return Addresses.shown(uri);
    }

    AccessToken fetch(Duration timeout) throws OAuthException, InterruptedException {
        Map<String, String> form = form();
        Instant sentAt = clock.instant();
        HttpClient own = httpClient == null
                ? HttpClient.newBuilder()
                        .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT).build()
                : null;
        try {
            HttpResponse<InputStream> response = (own == null ? httpClient : own).send(request(form, timeout),
                    BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response.statusCode(), body.readNBytes(MOST_BYTES + 1), form, sentAt);
            }
        } catch (OAuthException known) {
            throw known;
        } catch (HttpTimeoutException slow) {
            throw late(timeout);
        } catch (IOException lost) {
            throw new OAuthException("Cannot get an access token from " + where() + ": the request failed ("
                    + hide(SafeText.reason(lost), form)
                    + "). Check the address, the network and, for https, the certificate"
                    + " of the server.", 0, null, lost);
        } finally {
            if (own != null) {
                own.shutdownNow();
            }
        }
    }

    OAuthException late(Duration timeout) {
        return new OAuthException("Cannot get an access token from %s: no complete response within %d ms (timeout)."
                .formatted(where(), timeout.toMillis()), 0, null, null);
    }

    /** Makes an exception of its own for each thread that waits. */
    OAuthException failure(Throwable failure) {
        if (failure instanceof OAuthException known) {
            return new OAuthException(known.getMessage(), known.status().orElse(0), known.error().orElse(null), known);
        }
        return new OAuthException("Cannot get an access token from " + where() + ": " + failure.getClass().getName(), 0,
                null, failure);
    }

    private Map<String, String> form() throws OAuthException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant.type);
        if (assertion != null) {
            form.put("assertion", assertion.sign(json, clock.instant()));
        }
        if (refreshToken != null) {
            form.put("refresh_token", refreshToken);
        }
        if (!client.isBasic()) {
            client.id().ifPresent(id -> form.put("client_id", id));
            client.secret().ifPresent(secret -> form.put("client_secret", secret));
        }
        form.putAll(parameters);
        return form;
    }

    private HttpRequest request(Map<String, String> form, Duration timeout) {
        String body = form.entrySet().stream().map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (client.isBasic()) {
            // RFC 6749, 2.3.1: both are encoded as in a form first.
            String pair = encoded(client.id().orElseThrow()) + ":" + encoded(client.secret().orElseThrow());
            request.header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return request.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        String code = object.flatMap(found -> text(found, "error")).map(text -> hide(SafeText.of(text), form))
                .orElse(null);
        String description = object.flatMap(found -> text(found, "error_description"))
                .map(text -> ": " + hide(SafeText.of(text), form)).orElse("");
        String hint = switch (status / 100) {
            case 3 -> " Redirects are not followed, since the request carries secrets: name the token endpoint itself.";
            case 4 -> code != null && (code.equals("invalid_grant") || code.equals("invalid_client"))
                    ? " " + grant.hint
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
        return Optional.of(Duration.ofSeconds((long) Math.min(seconds, LONGEST_LIFETIME_SECONDS)));
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
        if (grant != Grant.REFRESH_TOKEN || next.isEmpty() || next.get().equals(refreshToken)) {
            return;
        }
        refreshToken = next.get();
        if (onRefreshToken != null) {
            try {
                onRefreshToken.accept(next.get());
            } catch (RuntimeException notStored) {
                // Without it as a cause: its text may hold the token.
                throw refused(status, null,
                        "a new refresh token, which onRefreshToken did not store (" + notStored.getClass().getName()
                                + ")",
                        "");
            }
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }

    /** Servers may repeat in an error what they were sent. */
    private String hide(String text, Map<String, String> form) {
        Set<String> secrets = new LinkedHashSet<>(parameters.values());
        client.secret().ifPresent(secrets::add);
        for (String name : new String[]{"assertion", "refresh_token"}) {
            if (form.get(name) != null) {
                secrets.add(form.get(name));
            }
        }
        String hidden = text;
        for (String secret : secrets) {
            if (secret.length() > 3) {
                hidden = hidden.replace(secret, "***").replace(encoded(secret), "***");
            }
        }
        return hidden;
    }
}
