package dev.bayeux.core.message;

import dev.bayeux.api.error.ConfigurationException;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The JSON-P library, looked up once, since its static methods would look it up at each call. */
public final class Json {

    private final JsonProvider provider;
    private final JsonReaderFactory readers;

    private Json(JsonProvider provider) {
        this.provider = provider;
        this.readers = provider.createReaderFactory(Map.of());
    }

    public boolean isOf(ClassLoader loader) {
        return provider.getClass().getClassLoader() == loader;
    }

    /**
     * Finds the library as JSON-P does, by the context class loader, and otherwise by the loader of the engine. JSON-P alone
     * would search only the loader of its API if the thread has no context class loader.
     */
    public static Json find() {
        try {
            return new Json(JsonProvider.provider());
        } catch (JsonException | LinkageError | ServiceConfigurationError notThere) {
            return besideTheEngine(notThere);
        }
    }

    private static Json besideTheEngine(Throwable notThere) {
        try {
            Optional<JsonProvider> found = ServiceLoader.load(JsonProvider.class, Json.class.getClassLoader())
                    .findFirst();
            if (found.isPresent()) {
                return new Json(found.get());
            }
        } catch (JsonException | LinkageError | ServiceConfigurationError unusable) {
            notThere.addSuppressed(unusable);
        }
        throw new ConfigurationException(
                "No JSON-P provider was found. Add org.eclipse.parsson:parsson, which bayeux-core brings by default.",
                notThere);
    }

    public JsonProvider provider() {
        return provider;
    }

    public JsonObject object(Map<String, ? extends JsonValue> members) {
        return members.isEmpty()
                ? JsonValue.EMPTY_JSON_OBJECT
                : provider.createObjectBuilder(members).build();
    }

    public JsonNumber number(long value) {
        return provider.createValue(value);
    }

    JsonNumber number(String digits) {
        return provider.createValue(new BigInteger(digits));
    }

    JsonString string(String value) {
        return provider.createValue(value);
    }

    /** Parses one value. Throws {@link JsonException} if the text is not one JSON value. */
    public JsonValue parse(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** Parses an object; {@code null} if the library cannot represent it, for example because of its nesting. */
    @Nullable
    JsonObject object(String text) {
        try {
            return parse(text).asJsonObject();
        } catch (RuntimeException | StackOverflowError unreadable) {
            return null;
        }
    }
}
