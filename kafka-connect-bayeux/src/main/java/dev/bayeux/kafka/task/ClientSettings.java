package dev.bayeux.kafka.task;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Observation;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.kafka.config.ServerConfig;
import dev.bayeux.oauth.OAuthCredentials;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;

/** Converts the settings of a connector to those of a client. */
final class ClientSettings {

    /**
     * The limit for closing the client. Kafka Connect gives a task 5 s to stop ({@code
     * task.shutdown.graceful.timeout.ms}).
     */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** The limit for a token request. */
    private static final Duration TOKEN_LIMIT = Duration.ofSeconds(10);

    private ClientSettings() {
    }

    /**
     * Makes a builder.
     *
     * @param config the settings, valid
     * @param name the name of the client, which appears in the names of threads
     * @throws ConfigException if a file cannot be read, or a text is malformed
     */
    static ClientBuilder builder(ServerConfig config, String name) {
        List<URI> urls = config.urls().stream().map(URI::create).toList();
        HttpSettings http = http(config);
        ClientBuilder builder = BayeuxClient.builder(urls.getFirst(), urls.subList(1, urls.size()).toArray(URI[]::new))
                .name(name)
                .transports(config.getList(ServerConfig.TRANSPORT).stream().map("jdk-%s"::formatted).toList())
                .http(http).channelRules(ChannelRules.LENIENT).onServerDisconnect(OnServerDisconnect.RECONNECT)
                .timeouts(Timeouts.DEFAULT.withReply(millis(config, ServerConfig.REPLY_TIMEOUT))
                        .withClose(CLOSE_LIMIT))
                // The task's own listener writes to the worker's log.
                .observation(Observation.DEFAULT.withoutLogging())
                .onAuthenticationFailure(isRetriedAfterRefusal(config)
                        ? OnAuthenticationFailure.RETRY
                        : OnAuthenticationFailure.STOP)
                .backoff(Backoff.of(millis(config, ServerConfig.BACKOFF), millis(config, ServerConfig.BACKOFF_MAX)));
        try {
            config.headers().forEach(builder::header);
        } catch (IllegalArgumentException invalid) {
            throw new ConfigException("%s: %s".formatted(ServerConfig.HEADERS, invalid.getMessage()));
        }
        config.secret(ServerConfig.HANDSHAKE_EXT).ifPresent(text -> builder
                .handshake(Json.createObjectBuilder().add("ext", object(ServerConfig.HANDSHAKE_EXT, text)).build()));
        authenticate(builder, config, http);
        return builder;
    }

    /**
     * Returns whether the client retries after an authentication failure. Without credentials it always does: the
     * server, or a firewall before it, then refuses for another reason, which may be temporary.
     */
    static boolean isRetriedAfterRefusal(ServerConfig config) {
        return ServerConfig.NONE.equals(config.getString(ServerConfig.AUTH))
                || ServerConfig.RETRY.equals(config.getString(ServerConfig.ON_REFUSED));
    }

    private static Duration millis(ServerConfig config, String name) {
        return Duration.ofMillis(config.getInt(name));
    }

    private static JsonObject object(String name, String text) {
        try {
            if (JsonTexts.toJson(text) instanceof JsonObject object) {
                return object;
            }
        } catch (DataException noJson) {
            // The text of the exception may show a secret.
        }
        throw new ConfigException("%s must be a JSON object.".formatted(name));
    }

    private static void authenticate(ClientBuilder builder, ServerConfig config, HttpSettings http) {
        switch (config.getString(ServerConfig.AUTH)) {
            case ServerConfig.BASIC -> {
                Credentials credentials = Credentials.basic(config.getString(ServerConfig.AUTH_USER),
                        config.secret(ServerConfig.AUTH_PASSWORD).orElse(""));
                builder.credentials(refused -> credentials);
            }
            case ServerConfig.BEARER -> {
                Credentials credentials = Credentials.bearer(config.secret(ServerConfig.AUTH_TOKEN).orElse(""));
                builder.credentials(refused -> credentials);
            }
            case ServerConfig.BEARER_FILE -> {
                Path file = Path.of(config.getString(ServerConfig.AUTH_TOKEN_FILE));
                builder.credentials(refused -> Credentials.bearer(token(file)));
            }
            case ServerConfig.OAUTH -> builder.credentials(oauth(config, http));
            default -> {
                // No credentials.
            }
        }
    }

    private static OAuthCredentials oauth(ServerConfig config, HttpSettings http) {
        String secret = config.secret(ServerConfig.OAUTH_SECRET).orElse("");
        if (secret.isBlank()) {
            throw new ConfigException("%s must not be blank.".formatted(ServerConfig.OAUTH_SECRET));
        }
        try {
            OAuthCredentials.Builder oauth = OAuthCredentials
                    .clientCredentials(URI.create(config.getString(ServerConfig.OAUTH_URL)),
                            config.getString(ServerConfig.OAUTH_CLIENT), secret)
                    .timeout(TOKEN_LIMIT).http(http);
            config.text(ServerConfig.OAUTH_SCOPE).map(text -> text.strip().split("\\s+")).ifPresent(oauth::scopes);
            return oauth.build();
        } catch (IllegalArgumentException unsuitable) {
            throw new ConfigException(
                    "%s must be an absolute address that begins with https:// (http:// only on this machine), because requests contain the client secret."
                            .formatted(ServerConfig.OAUTH_URL));
        }
    }

    /** Reads a token from a file. */
    static String token(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace)) {
            throw new IOException("The file %s holds no token, or more than one.".formatted(file));
        }
        return token;
    }

    private static HttpSettings http(ServerConfig config) {
        HttpSettings settings = HttpSettings.DEFAULT;
        String proxy = config.getString(ServerConfig.PROXY_HOST);
        if (proxy != null) {
            settings = settings.withProxy(proxy, config.getInt(ServerConfig.PROXY_PORT));
            String user = config.getString(ServerConfig.PROXY_USER);
            if (user != null) {
                char[] password = config.secret(ServerConfig.PROXY_PASSWORD).orElse("").toCharArray();
                settings = settings.withProxyLogin(at -> new java.net.PasswordAuthentication(user, password));
            }
        }
        return Tls.context(config).map(settings::withTls).orElse(settings);
    }
}
