package dev.bayeux.kafka.config;

import java.util.Map;

/** Checks settings with the help of the Bayeux client, which needs Java 21. */
public interface SettingsCheck {

    /**
     * Finds problems that only the client can find: files that cannot be read, text that is not JSON, a server that
     * refuses.
     *
     * @param settings settings that are valid each by itself and together
     * @return the problems by the name of the setting
     */
    Map<String, String> problems(ServerConfig settings);
}
