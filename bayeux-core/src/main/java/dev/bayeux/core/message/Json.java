package dev.bayeux.core.message;

import dev.bayeux.api.error.ConfigurationException;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
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

    private final JsonProvider provider;
    private final JsonParserFactory parsers;
    private final JsonReaderFactory readers;
    private final boolean tellsPlaces;

    Json(JsonProvider provider, JsonParserFactory parsers, JsonReaderFactory readers) {
        this.provider = provider;
        this.parsers = parsers;
        this.readers = readers;
        this.tellsPlaces = findsBrackets();
    }

    /**
     * Finds the library as JSON-P does.
     *
     * @return it
     */
    public static Json find() {
        try {
            JsonProvider provider = JsonProvider.provider();
            return new Json(provider, provider.createParserFactory(Map.of()), provider.createReaderFactory(Map.of()));
        } catch (JsonException | LinkageError missing) {
            throw new ConfigurationException(
                    "No JSON-P provider was found. Add org.eclipse.parsson:parsson, which bayeux-core brings by default.",
                    missing);
        }
    }

    JsonParser parser(Reader text) {
        return parsers.createParser(text);
    }

    /** Whether the locations of parsers count the characters of the text, so that it can be cut there. */
    boolean tellsPlaces() {
        return tellsPlaces;
    }

    /** Tries it out, since JSON-P does not demand it: a parser may count bytes, or not at all. */
    private boolean findsBrackets() {
        String text = "[\"\u00e9\uD83D\uDE00\",[ 1 ] ,{\"a\":{}}]";
        try (JsonParser parser = parser(new StringReader(text))) {
            boolean found = true;
            while (parser.hasNext()) {
                String bracket = switch (parser.next()) {
                    case START_ARRAY -> "[";
                    case END_ARRAY -> "]";
                    case START_OBJECT -> "{";
                    case END_OBJECT -> "}";
                    default -> "";
                };
                int after = (int) parser.getLocation().getStreamOffset();
                found &= bracket.isEmpty() || text.startsWith(bracket, after - 1);
            }
            return found;
        } catch (RuntimeException notTold) {
            return false;
        }
    }

    /**
     * Puts an object together.
     *
     * @param members its members, in order
     * @return the object
     */
    public JsonObject object(Map<String, ? extends JsonValue> members) {
        return members.isEmpty()
                ? JsonValue.EMPTY_JSON_OBJECT
                : provider.createObjectBuilder(members).build();
    }

    /** {@return a whole number} */
    public JsonNumber number(long value) {
        return provider.createValue(value);
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
