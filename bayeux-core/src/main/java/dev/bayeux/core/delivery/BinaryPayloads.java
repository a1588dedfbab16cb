package dev.bayeux.core.delivery;

import dev.bayeux.api.BinaryData;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.Map;

/** Bytes as data (protocol.md 6.5): text in an object, marked in {@code ext}. */
record BinaryPayloads(Json json) {

    private static final String MARK = "binary";
    private static final String TEXT = "data";
    private static final String LAST = "last";
    private static final String META = "meta";

    /** The {@code ext} of a message with bytes. */
    JsonObject mark() {
        return json.object(Map.of(MARK, JsonValue.EMPTY_JSON_OBJECT));
    }

    /** Writes the text unescaped: none of the digits needs an escape. */
    static String write(BinaryData data) {
        return "{\"%s\":\"%s\",\"%s\":%s%s}".formatted(TEXT, Z85.encode(data.bytes()), LAST, data.isLast(),
                data.meta().isEmpty() ? "" : ",\"%s\":%s".formatted(META, data.meta()));
    }

    /** Reads a message. Throws {@link IllegalArgumentException} if the message has no bytes. */
    BinaryData read(IncomingMessage message) {
        if (!message.ext().containsKey(MARK)) {
            throw new IllegalArgumentException("the message is not marked as binary (ext.binary)");
        }
        if (!(json.parse(String.valueOf(message.data())) instanceof JsonObject data)
                || !(data.get(TEXT) instanceof JsonString text)) {
            throw new IllegalArgumentException("it is no object with a text in \"data\"");
        }
        boolean last = data.getOrDefault(LAST, JsonValue.TRUE).getValueType() != ValueType.FALSE;
        JsonObject meta = data.get(META) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        return BinaryData.of(Z85.decode(text.getString())).withLast(last).withMeta(meta);
    }
}
