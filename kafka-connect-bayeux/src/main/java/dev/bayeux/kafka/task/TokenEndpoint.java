package dev.bayeux.kafka.task;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.kafka.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/** Gets tokens from a token endpoint with the client credentials grant (RFC 6749, section 4.4). */
final class TokenEndpoint implements CredentialsSource {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final URI endpoint;
    private final String authorization;
    private final String form;
    private final HttpSettings http;

    TokenEndpoint(ServerConfig config, HttpSettings http) {
        this.endpoint = URI.create(config.getString(ServerConfig.OAUTH_URL));
        this.authorization = "Basic " + Base64.getEncoder()
                .encodeToString("%s:%s".formatted(encode(config.getString(ServerConfig.OAUTH_CLIENT)),
                        encode(config.secret(ServerConfig.OAUTH_SECRET).orElse("")))
                        .getBytes(StandardCharsets.UTF_8));
        this.form = "grant_type=client_credentials"
                + config.text(ServerConfig.OAUTH_SCOPE).map(scope -> "&scope=" + encode(scope)).orElse("");
        this.http = http;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Credentials credentials(boolean refused) throws IOException, InterruptedException {
        Instant asked = Clock.systemUTC().instant();
        HttpResponse<String> response = ask();
        Map<?, ?> answer = read(response.body());
        if (response.statusCode() != OK || !(answer.get("access_token") instanceof String token)) {
            String text = "The token endpoint %s://%s%s gave no token: HTTP status %d%s.".formatted(
                    endpoint.getScheme(), endpoint.getAuthority(), endpoint.getPath(), response.statusCode(),
                    answer.get("error") instanceof String error ? ", " + clean(error) : "");
            throw switch (response.statusCode()) {
                case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN -> new TokenRefusedException(text);
                default -> new IOException(text);
            };
        }
        Credentials credentials = Credentials.bearer(token);
        return answer.get("expires_in") instanceof Long seconds && seconds > 0
                ? credentials.expiringAt(asked.plusSeconds(Math.min(seconds, Integer.MAX_VALUE)))
                : credentials;
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT).proxy(http.proxies());
        http.tls().ifPresent(client::sslContext);
        HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(LIMIT).header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try (HttpClient open = client.build()) {
            return open.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static Map<?, ?> read(String body) {
        try {
            return JsonTexts.toJava(body) instanceof Map<?, ?> map ? map : Map.of();
        } catch (DataException noJson) {
            return Map.of();
        }
    }

    /** Error codes of RFC 6749, section 5.2, are short and plain. */
    private static String clean(String error) {
        return error.matches("[A-Za-z0-9_.-]{1,60}") ? error : "with an error that cannot be shown";
    }
}
