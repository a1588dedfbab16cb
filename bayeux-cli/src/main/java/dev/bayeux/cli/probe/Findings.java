package dev.bayeux.cli.probe;

import dev.bayeux.cli.console.JsonFormat;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Finds messages in recorded exchanges. Ignores text that is not JSON. */
final class Findings {

    private Findings() {
    }

    /** An exchange, its message on a channel, and the reply to that message; an empty object if there was no reply. */
    record Found(RecordingProvider.Exchange exchange, JsonObject request, JsonObject reply) {}

    /** Returns the first exchange whose request has a message on a channel. */
    static Optional<Found> first(List<RecordingProvider.Exchange> exchanges, String channel) {
        for (RecordingProvider.Exchange exchange : exchanges) {
            Optional<JsonObject> request = message(exchange.sent(), channel);
            if (request.isPresent()) {
                return Optional.of(new Found(exchange, request.get(),
                        message(exchange.reply(), channel).orElse(JsonValue.EMPTY_JSON_OBJECT)));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a reply is one object instead of an array. */
    static boolean isBare(String reply) {
        return JsonFormat.compact(reply).startsWith("{");
    }

    private static Optional<JsonObject> message(String batch, String channel) {
        try (JsonReader reader = Json.createReader(new StringReader(batch))) {
            JsonValue value = reader.readValue();
            List<? extends JsonValue> messages = value instanceof JsonArray array ? array : List.of(value);
            for (JsonValue message : messages) {
                if (message instanceof JsonObject object && object.get("channel") instanceof JsonString name
                        && name.getString().equals(channel)) {
                    return Optional.of(object);
                }
            }
        } catch (JsonException notBayeux) {
            // An empty reply, or the page of a proxy: the client reports that as a failure.
        }
        return Optional.empty();
    }
}
