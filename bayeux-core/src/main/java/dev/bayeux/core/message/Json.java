package dev.bayeux.core.message;

import dev.bayeux.api.error.ConfigurationException;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;

/** The JSON-P library, looked up once: its static methods would look it up at each call. */
public final class Json {

    private final JsonParserFactory parsers;
    private final JsonReaderFactory readers;

    private Json(JsonProvider provider) {
        this.parsers = provider.createParserFactory(Map.of());
        this.readers = provider.createReaderFactory(Map.of());
    }

    /**
     * Finds the library as JSON-P does.
     *
     * @return it
     */
    public static Json find() {
        try {
            return new Json(JsonProvider.provider());
        } catch (JsonException | LinkageError missing) {
            throw new ConfigurationException(
                    "No JSON-P provider was found. Add org.eclipse.parsson:parsson, which bayeux-core brings by default.",
                    missing);
        }
    }

    JsonParser parser(Reader text) {
        return parsers.createParser(text);
    }

    /**
     * Parses any JSON text.
     *
     * @param text one value
     * @return the value
     * @throws JsonException if it is none
     */
    public JsonValue parse(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
