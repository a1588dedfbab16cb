package dev.bayeux.kafka.task;

import dev.bayeux.api.RawJson;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Converts the value of a record to JSON. */
final class RecordData {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(null);

    private final boolean textIsJson;

    /** Makes a converter for texts that are JSON, or for texts that become JSON strings. */
    RecordData(boolean textIsJson) {
        this.textIsJson = textIsJson;
    }

    /**
     * Converts a value. A text that is not JSON fails when it is published.
     *
     * @return data to publish
     * @throws DataException if the value cannot be JSON
     */
    Object json(@Nullable Schema schema, @Nullable Object value) {
        if (textIsJson && value instanceof String text) {
            return RawJson.of(text);
        }
        byte[] bytes = bytes(value);
        if (textIsJson && bytes != null) {
            return RawJson.of(new String(bytes, StandardCharsets.UTF_8));
        }
        return convert(schema, value);
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return null;
    }

    @SuppressWarnings("JavaUtilDate") // Kafka uses Date for its logical types
    private static JsonValue convert(@Nullable Schema schema, @Nullable Object value) {
        byte[] bytes = bytes(value);
        if (bytes != null) {
            return JSON.createValue(Base64.getEncoder().encodeToString(bytes));
        }
        return switch (value) {
            case null -> JsonValue.NULL;
            case String text -> JSON.createValue(text);
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case Number number -> number(number);
            case Date date -> JSON.createValue(Time.LOGICAL_NAME.equals(schema == null ? null : schema.name())
                    ? (long) Time.fromLogical(schema, date)
                    : date.getTime());
            case Struct struct -> struct(struct);
            case Map<?, ?> map -> map(schema, map);
            case List<?> list -> list(schema, list);
            default ->
                throw new DataException("A value of the type %s cannot become JSON.".formatted(value.getClass()));
        };
    }

    private static JsonValue number(Number number) {
        return switch (number) {
            case BigDecimal decimal -> JSON.createValue(decimal);
            case BigInteger integer -> JSON.createValue(integer);
            case Float real -> real(real.toString(), real.doubleValue());
            case Double real -> real(real.toString(), real);
            default -> JSON.createValue(number.longValue());
        };
    }

    private static JsonValue real(String text, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new DataException("JSON has no number %s.".formatted(text));
        }
        return JSON.createValue(new BigDecimal(text));
    }

    private static JsonValue struct(Struct struct) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        for (Field field : struct.schema().fields()) {
            object.add(field.name(), convert(field.schema(), struct.get(field)));
        }
        return object.build();
    }

    private static JsonValue map(@Nullable Schema schema, Map<?, ?> map) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        map.forEach((name, value) -> object.add(String.valueOf(name),
                convert(schema == null ? null : schema.valueSchema(), value)));
        return object.build();
    }

    private static JsonValue list(@Nullable Schema schema, List<?> list) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        list.forEach(value -> array.add(convert(schema == null ? null : schema.valueSchema(), value)));
        return array.build();
    }
}
