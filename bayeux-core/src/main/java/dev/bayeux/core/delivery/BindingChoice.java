package dev.bayeux.core.delivery;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.core.message.Json;
import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.spi.JsonbProvider;
import jakarta.json.spi.JsonProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Chooses what binds data. JSON-B is loaded only if nothing else was named or found. */
final class BindingChoice {

    private BindingChoice() {
    }

    /**
     * {@return the binding of the program, else the one that is found, else JSON-B} Throws if there is none, or several were
     * found.
     */
    static DataBinding choose(Json json, @Nullable DataBinding own) {
        if (own != null) {
            return own instanceof JsonbBinding jsonb ? new JsonbData(json, jsonb.jsonb(), true) : own;
        }
        List<DataBinding> found = found();
        if (found.size() > 1) {
            throw new ConfigurationException(
                    "Several data bindings were found: %s. Choose one with ClientBuilder.binding.".formatted(
                            found.stream().map(each -> each.getClass().getName()).toList()),
                    null);
        }
        if (!found.isEmpty()) {
            return found.getFirst();
        }
        try {
            return new JsonbData(json, Library.find(json.provider()), false);
        } catch (NoClassDefFoundError withoutJsonb) {
            throw none(withoutJsonb);
        }
    }

    /** Searches with the class loaders of the engine and of the calling thread; counts a binding that both find once. */
    private static List<DataBinding> found() {
        Map<Class<?>, DataBinding> found = new LinkedHashMap<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ServiceLoader.load(DataBinding.class, BindingChoice.class.getClassLoader())
                .forEach(each -> found.putIfAbsent(each.getClass(), each));
        if (context != null && context != BindingChoice.class.getClassLoader()) {
            ServiceLoader.load(DataBinding.class, context).forEach(each -> found.putIfAbsent(each.getClass(), each));
        }
        return List.copyOf(found.values());
    }

    /** Says what to add. Loads no type of JSON-B. */
    private static ConfigurationException none(Throwable cause) {
        return new ConfigurationException(
                "No data binding was found. Add org.eclipse:yasson, which bayeux-core brings by default, or dev.bayeux:bayeux-jackson, or use JSON values, maps, lists and RawJson.",
                cause);
    }

    /** Finds the JSON-B library: as JSON-B does, by the class loader of the thread, and else beside the engine. Loaded at its first use. */
    private static final class Library {

        /** {@return a binding with the defaults of JSON-B, which reads with this parser instead of searching for one} */
        static Jsonb find(JsonProvider parser) {
            try {
                return JsonbBuilder.newBuilder().withProvider(parser).build();
            } catch (JsonException | JsonbException | LinkageError | ServiceConfigurationError notThere) {
                return besideTheEngine(parser, notThere);
            }
        }

        private static Jsonb besideTheEngine(JsonProvider parser, Throwable notThere) {
            try {
                Optional<JsonbProvider> found = ServiceLoader
                        .load(JsonbProvider.class, BindingChoice.class.getClassLoader()).findFirst();
                if (found.isPresent()) {
                    return found.get().create().withProvider(parser).build();
                }
            } catch (JsonbException | LinkageError | ServiceConfigurationError unusable) {
                notThere.addSuppressed(unusable);
            }
            throw none(notThere);
        }
    }
}
