package dev.bayeux.core.delivery;

import dev.bayeux.api.error.ConfigurationException;

/** Says what to add where data is to be bound and nothing can bind it. Loads no type of JSON-B. */
final class MissingBinding {

    private MissingBinding() {
    }

    static ConfigurationException because(Throwable cause) {
        return new ConfigurationException(
                "No data binding was found. Add org.eclipse:yasson, which bayeux-core brings by default, or dev.bayeux:bayeux-jackson, or use JSON values, maps, lists and RawJson.",
                cause);
    }
}
