package dev.bayeux.kafka.task;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.kafka.config.ServerConfig;
import dev.bayeux.kafka.config.SettingsCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks settings by building a client and, if {@code bayeux.validate.connection} is true, by connecting it. */
public final class ClientCheck implements SettingsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ClientCheck.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final UnaryOperator<ClientBuilder> change;

    /** Called by reflection, because this class needs Java 21 and the connectors do not. */
    public ClientCheck() {
        this(builder -> builder);
    }

    ClientCheck(UnaryOperator<ClientBuilder> change) {
        this.change = change;
    }

    @Override
    public Map<String, String> problems(ServerConfig settings) {
        Map<String, String> problems = new LinkedHashMap<>();
        try {
            ClientBuilder builder = change.apply(ClientSettings.builder(settings, "validation"));
            if (ServerConfig.BEARER_FILE.equals(settings.getString(ServerConfig.AUTH))) {
                tokenProblem(problems, settings.getString(ServerConfig.AUTH_TOKEN_FILE));
            }
            if (problems.isEmpty() && settings.getBoolean(ServerConfig.VALIDATE_CONNECTION)) {
                String problem = connect(builder.onEvent(event -> LOG.debug("{}", event)));
                if (problem != null) {
                    problems.put(ServerConfig.URL, problem);
                }
            }
        } catch (ConfigException wrong) {
            String text = String.valueOf(wrong.getMessage());
            problems.put(nameIn(text, settings), text);
        }
        return problems;
    }

    private static void tokenProblem(Map<String, String> problems, String file) {
        try {
            ClientSettings.token(Path.of(file));
        } catch (IOException unreadable) {
            problems.put(ServerConfig.AUTH_TOKEN_FILE, "The token cannot be read: " + unreadable);
        }
    }

    /** Returns the setting that a text names; the longest name, or the address if the text names none. */
    private static String nameIn(String text, ServerConfig settings) {
        return settings.values().keySet().stream().filter(text::contains).max(java.util.Comparator
                .comparingInt(String::length)).orElse(ServerConfig.URL);
    }

    /** Makes a session and ends it. Returns a failure that a retry would not remove, {@code null} if there is none. */
    private static @Nullable String connect(ClientBuilder builder) {
        try (BayeuxClient client = builder.connectCallTimeout(LIMIT).build()) {
            client.connect();
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (BayeuxException failed) {
            if (failed.kind() == FailureKind.TRANSIENT && !Failures.isTokenRefused(failed)) {
                LOG.warn("The server could not be reached while the configuration was validated: {}",
                        failed.getMessage());
                return null;
            }
            return failed.getMessage();
        }
    }
}
