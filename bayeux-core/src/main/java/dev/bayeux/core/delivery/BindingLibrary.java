package dev.bayeux.core.delivery;

import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.spi.JsonbProvider;
import jakarta.json.spi.JsonProvider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the JSON-B library: as JSON-B does, by the class loader of the thread, and else beside the engine. */
final class BindingLibrary {

    private BindingLibrary() {
    }

    /** {@return a binding with the defaults of JSON-B, which reads with this parser: it would look for one as JSON-P does} */
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
                    .load(JsonbProvider.class, BindingLibrary.class.getClassLoader()).findFirst();
            if (found.isPresent()) {
                return found.get().create().withProvider(parser).build();
            }
        } catch (JsonbException | LinkageError | ServiceConfigurationError unusable) {
            notThere.addSuppressed(unusable);
        }
        throw MissingBinding.because(notThere);
    }
}
