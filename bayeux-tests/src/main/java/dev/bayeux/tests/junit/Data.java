package dev.bayeux.tests.junit;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Data of messages, as Java and as JSON. */
final class Data {

    private static final Jsonb JSONB = JsonbBuilder.create();

    private Data() {
    }

    static String json(@Nullable Object data) {
        return switch (data) {
            case null -> "null";
            case JsonValue json -> json.toString();
            default -> JSONB.toJson(data);
        };
    }

    static JsonValue parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }

    static <T> @Nullable T bound(JsonValue json, Class<T> type) {
        return type.isInstance(json) ? type.cast(json) : JSONB.fromJson(json.toString(), type);
    }
}
