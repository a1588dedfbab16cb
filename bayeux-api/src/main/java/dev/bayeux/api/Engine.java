package dev.bayeux.api;

import dev.bayeux.api.error.ConfigurationException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the engine, which makes clients. */
final class Engine {

    private static volatile @Nullable Found last;

    private Engine() {
    }

    /** The engine that was found for threads with this context class loader. */
    private record Found(WeakReference<ClassLoader> context, ClientFactory factory) {}

    /** Finds the engine on the class path or module path, and remembers it for threads with the same class loader. */
    static ClientFactory find() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Found known = last;
        if (known != null && known.context.refersTo(context)) {
            return known.factory;
        }
        ClientFactory factory = search();
        // A reference to another class loader would keep its program in a container after the program was removed.
        if (factory.getClass().getClassLoader() == Engine.class.getClassLoader()) {
            last = new Found(new WeakReference<>(context), factory);
        }
        return factory;
    }

    private static ClientFactory search() {
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
