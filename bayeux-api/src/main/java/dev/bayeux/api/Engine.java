package dev.bayeux.api;

import dev.bayeux.api.error.ConfigurationException;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What makes clients. */
final class Engine {

    private Engine() {
    }

    /** Finds it on the class path or module path. */
    static ClientFactory find() {
        ServiceConfigurationError broken = null;
        for (ClassLoader loader : Arrays.asList(Thread.currentThread().getContextClassLoader(),
                ClientFactory.class.getClassLoader())) {
            try {
                Optional<ClientFactory> found = ServiceLoader.load(ClientFactory.class, loader).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (ServiceConfigurationError unusable) {
                // In containers the first loader may know another copy of this library.
                broken = unusable;
            }
        }
        throw new ConfigurationException(broken == null
                ? "No Bayeux engine was found. Add the artifact dev.bayeux:bayeux-core to the class path or module path."
                : "The Bayeux engine dev.bayeux:bayeux-core cannot be loaded; see the cause. Are all its libraries there, and is it there only once?",
                broken);
    }
}
