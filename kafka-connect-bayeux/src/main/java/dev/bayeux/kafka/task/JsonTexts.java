package dev.bayeux.kafka.task;

import jakarta.json.Json;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Converts JSON text to Java values, as Kafka Connect uses them without a schema. */
final class JsonTexts {

    // Each call of the class Json would look for a provider again.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(null);
    private static final JsonReaderFactory READERS = Json.createReaderFactory(null);

    private static final int MOST_DIGITS_OF_A_LONG = 19;

    private JsonTexts() {
    }

    /**
     * Reads a text into maps, lists, texts, booleans, {@code Long} and {@code Double}.
     *
     * @throws DataException if the text is not JSON, or has a number too large for a {@code double}
     */
    static @Nullable Object toJava(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            Object value = value(parser, parser.next());
            if (parser.hasNext()) {
                throw new DataException("More than one JSON value.");
            }
            return value;
        } catch (DataException known) {
            throw known;
        } catch (RuntimeException malformed) {
            // Parsers throw several types for malformed text.
            throw new DataException("Not JSON: " + malformed.getMessage(), malformed);
        }
    }

    /**
     * Reads a text into a JSON value.
     *
     * @throws DataException if the text is not JSON
     */
    static JsonValue toJson(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (RuntimeException malformed) {
            throw new DataException("Not JSON: " + malformed.getMessage(), malformed);
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonParser.Event event) {
        return switch (event) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new DataException("Not JSON: %s where a value should be.".formatted(event));
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            map.put(name, value(parser, parser.next()));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            list.add(value(parser, event));
        }
        return list;
    }

    private static Object number(JsonParser parser) {
        BigDecimal number = parser.getBigDecimal();
        if (parser.isIntegralNumber() && number.precision() - number.scale() <= MOST_DIGITS_OF_A_LONG) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException beyond) {
                return number.doubleValue();
            }
        }
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw new DataException("A number is too large for a double.");
        }
        return value;
    }
}
