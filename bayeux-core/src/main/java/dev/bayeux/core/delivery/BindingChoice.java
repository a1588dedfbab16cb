package dev.bayeux.core.delivery;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.core.message.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            return new JsonbData(json, BindingLibrary.find(json.provider()), false);
        } catch (NoClassDefFoundError withoutJsonb) {
            throw MissingBinding.because(withoutJsonb);
        }
    }

    /** Where the engine is, and where the calling thread's code is; one that is found in both places counts once. */
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
}
