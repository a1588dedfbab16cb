package dev.bayeux.kafka;

import dev.bayeux.kafka.config.ServerConfig;
import dev.bayeux.kafka.config.SettingsCheck;
import dev.bayeux.kafka.config.WorkerJava;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;

/** Validates a whole configuration, after Kafka Connect has validated each setting by itself. */
final class Validation {

    private static final String CHECK = "dev.bayeux.kafka.task.ClientCheck";

    private Validation() {
    }

    /** Adds errors to the result of the validation of single settings. */
    static Config extend(Config result, Map<String, String> settings, Function<Map<String, String>, ServerConfig> read,
            int javaVersion) {
        String tooOld = WorkerJava.problem(javaVersion);
        if (tooOld != null) {
            add(result, ServerConfig.URL, tooOld);
            return result;
        }
        if (result.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
            return result;
        }
        ServerConfig config = read.apply(settings);
        Map<String, String> problems = config.problems();
        for (String name : config.unknown()) {
            add(result, ServerConfig.URL, "There is no setting %s. Is it misspelt?".formatted(name));
        }
        if (problems.isEmpty()) {
            problems = check().problems(config);
        }
        problems.forEach((name, problem) -> add(result, name, problem));
        return result;
    }

    private static SettingsCheck check() {
        try {
            return WorkerJava.load(CHECK, SettingsCheck.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException unusable) {
            throw new ConnectException("The settings cannot be checked.", unusable);
        }
    }

    private static void add(Config result, String name, String problem) {
        for (ConfigValue value : result.configValues()) {
            if (value.name().equals(name)) {
                value.addErrorMessage(problem);
            }
        }
    }
}
