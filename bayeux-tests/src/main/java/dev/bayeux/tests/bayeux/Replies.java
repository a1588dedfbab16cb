package dev.bayeux.tests.bayeux;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies as a CometD server words them. */
final class Replies {

    private static final JsonObject HANDSHAKE_AGAIN = Json.createObjectBuilder().add("reconnect", "handshake")
            .add("interval", 0).build();
    private static final JsonObject NEVER_AGAIN = Json.createObjectBuilder().add("reconnect", "none").build();

    private Replies() {
    }

    static JsonObject success(JsonObject message) {
        return start(message, true).build();
    }

    static JsonObject handshake(JsonObject message, String clientId, List<String> connectionTypes, String advice) {
        JsonObjectBuilder reply = start(message, true).add("clientId", clientId).add("version", "1.0")
                .add("supportedConnectionTypes", Json.createArrayBuilder(connectionTypes));
        if (!advice.isEmpty()) {
            reply.add("advice", Templates.parse(advice));
        }
        return reply.build();
    }

    static JsonObject subscribed(JsonObject message, @Nullable String error) {
        JsonObjectBuilder reply = start(message, error == null);
        JsonValue subscription = message.get("subscription");
        if (subscription != null) {
            reply.add("subscription", subscription);
        }
        if (error != null) {
            reply.add("error", error);
        }
        return reply.build();
    }

    static JsonObject failure(JsonObject message, String error) {
        return start(message, false).add("error", error).build();
    }

    static JsonObject unknownSession(JsonObject message, String error) {
        JsonObjectBuilder reply = start(message, false).add("error", error);
        if (Channels.CONNECT.equals(message.getString("channel", ""))) {
            reply.add("advice", HANDSHAKE_AGAIN);
        }
        return reply.build();
    }

    static JsonObject withAdvice(JsonObject reply, JsonValue advice) {
        return Json.createObjectBuilder(reply).add("advice", advice).build();
    }

    static JsonObject withHandshakeAdvice(JsonObject connectReply, String error) {
        return Json.createObjectBuilder(connectReply).add("successful", false).add("error", error)
                .add("advice", HANDSHAKE_AGAIN).build();
    }

    static JsonObject withEndAdvice(JsonObject connectReply) {
        return withAdvice(connectReply, NEVER_AGAIN);
    }

    static JsonObject serverDisconnect() {
        return Json.createObjectBuilder().add("channel", Channels.DISCONNECT).add("successful", true).build();
    }

    /** The answer of a service to a call. */
    static JsonObject answer(JsonObject message, JsonValue data) {
        JsonObjectBuilder answer = Json.createObjectBuilder(delivery(message.getString("channel", ""), data));
        JsonValue id = message.get("id");
        return id == null ? answer.build() : answer.add("id", id).build();
    }

    static JsonObject delivery(String channel, JsonValue data) {
        return Json.createObjectBuilder().add("channel", channel).add("data", data).build();
    }

    private static JsonObjectBuilder start(JsonObject message, boolean successful) {
        JsonObjectBuilder reply = Json.createObjectBuilder();
        reply.add("channel", message.getString("channel", ""));
        JsonValue id = message.get("id");
        if (id != null) {
            reply.add("id", id);
        }
        return reply.add("successful", successful);
    }
}
