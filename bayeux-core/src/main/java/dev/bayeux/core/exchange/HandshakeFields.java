package dev.bayeux.core.exchange;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.OutgoingMessage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a client's handshakes, and the part that each connect repeats. {@code own} are the program's fields, read for each
 * handshake (C-03).
 */
record HandshakeFields(Json json, Supplier<JsonObject> own, boolean acknowledge, boolean replay) {

    private static final String ACK = "ack";
    private static final String REPLAY = "replay";

    /** Makes a handshake message; {@code proof} overrides the program's {@code ext}, which must be an object. */
    OutgoingMessage handshake(String id, List<String> connectionTypes, JsonObject proof) {
        JsonObject fields = own.get();
        Map<String, JsonValue> ext = new LinkedHashMap<>();
        if (acknowledge) {
            ext.put(ACK, JsonValue.TRUE);
        }
        if (replay) {
            ext.put(REPLAY, JsonValue.TRUE);
        }
        ext.putAll(ownExt(fields));
        ext.putAll(proof);
        return OutgoingMessage.handshake(id, connectionTypes, fields, json.object(ext));
    }

    private static JsonObject ownExt(JsonObject fields) {
        return switch (fields.getOrDefault(Fields.EXT, JsonValue.NULL)) {
            case JsonObject ext -> ext;
            case JsonValue none when none.getValueType() == ValueType.NULL -> JsonValue.EMPTY_JSON_OBJECT;
            case JsonValue other -> throw new IllegalArgumentException(
                    "The ext of a handshake must be a JSON object, not %s.".formatted(other.getValueType()));
        };
    }

    /** Returns the {@code ext} of a connect, with the number of the last received reply (C-112). */
    JsonObject connectExt(@Nullable Long acknowledged) {
        return acknowledged == null
                ? JsonValue.EMPTY_JSON_OBJECT
                : json.object(Map.of(ACK, json.number(acknowledged)));
    }
}
