package dev.bayeux.core.simulation;

import dev.bayeux.core.message.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of the client, read from what it really sends. */
record ClientMessage(JsonObject json) {

    /** The numbers of the outbox begin here. */
    static final long OUTBOX = 1_000_000_000;

    private static final Json JSON = Json.find();

    static List<ClientMessage> read(String text) {
        JsonArray array = (JsonArray) JSON.parse(text);
        return array.stream().map(message -> new ClientMessage(message.asJsonObject())).toList();
    }

    private @Nullable String text(String name) {
        return json.get(name) instanceof JsonString text ? text.getString() : null;
    }

    String channel() {
        return json.getString("channel");
    }

    String id() {
        return json.getString("id");
    }

    @Nullable
    String clientId() {
        return text("clientId");
    }

    @Nullable
    String subscription() {
        return text("subscription");
    }

    @Nullable
    String connectionType() {
        return text("connectionType");
    }

    boolean is(String metaChannel) {
        return channel().equals(metaChannel);
    }

    boolean isHandshake() {
        return is("/meta/handshake");
    }

    boolean isConnect() {
        return is("/meta/connect");
    }

    boolean isBeat() {
        return isHandshake() || isConnect();
    }

    boolean isPublish() {
        return !channel().startsWith("/meta/");
    }

    /** Whether the outbox has sent it. */
    boolean isOfOutbox() {
        return isPublish() && number() >= OUTBOX;
    }

    /** Whether the program itself has published it, and waits. */
    boolean isDirect() {
        return isPublish() && !isOfOutbox();
    }

    /** Whether it asks not to be held. */
    boolean isAtOnce() {
        return json.get("advice") instanceof JsonObject advice && advice.getInt("timeout", -1) == 0;
    }

    /** By which the program knows a publish. */
    long number() {
        return json.get("data") instanceof JsonObject data && data.get("p") instanceof JsonNumber number
                ? number.longValueExact()
                : 0;
    }

    JsonValue ext(String name) {
        return json.get("ext") instanceof JsonObject ext ? ext.getOrDefault(name, JsonValue.NULL) : JsonValue.NULL;
    }
}
