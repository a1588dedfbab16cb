package dev.bayeux.kafka.config;

import java.util.Map;

/** Checks settings with the help of the Bayeux client, which needs Java 21. */
public interface SettingsCheck {

    /**
     * Finds what only the client can see: files that cannot be read, text that is no JSON, a server that refuses.
     *
     * @param settings valid each by itself and beside each other
     * @return the problems by the name of the setting
     */
    Map<String, String> problems(ServerConfig settings);
}
