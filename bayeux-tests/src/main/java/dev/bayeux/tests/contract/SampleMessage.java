package dev.bayeux.tests.contract;

import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.extension.BayeuxMessage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A message for tests of an extension, made of its JSON text. Behaves as the messages of a client do.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="sampleMessage"}
 */
public final class SampleMessage implements BayeuxMessage {

    private static final Set<String> OWN_FIELDS = Set.of("channel", "id", "clientId", "version", "minimumVersion",
            "supportedConnectionTypes", "connectionType", "subscription", "data", "successful", "ext");

    private final JsonObject json;
    private final boolean outgoing;

    private SampleMessage(JsonObject json, boolean outgoing) {
        this.json = json;
        this.outgoing = outgoing;
    }

    /**
     * Makes an outgoing message.
     *
     * @param text a JSON object
     * @return the message
     */
    public static SampleMessage outgoing(String text) {
        return new SampleMessage(parse(text), true);
    }

    /**
     * Makes an incoming message.
     *
     * @param text a JSON object
     * @return the message
     */
    public static SampleMessage incoming(String text) {
        return new SampleMessage(parse(text), false);
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /**
     * {@return the whole message}
     */
    public JsonObject json() {
        return json;
    }

    boolean isOutgoing() {
        return outgoing;
    }

    @Override
    public String channel() {
        return text("channel").orElse("");
    }

    @Override
    public Optional<String> id() {
        return text("id");
    }

    @Override
    public Optional<String> clientId() {
        return text("clientId");
    }

    private Optional<String> text(String field) {
        return json.get(field) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    @Override
    public Optional<Boolean> successful() {
        return switch (json.getOrDefault("successful", JsonValue.NULL).getValueType()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    public ServerError error() {
        return text("error").filter(said -> !said.isEmpty()).map(ServerError::parse).orElse(ServerError.NONE);
    }

    @Override
    public List<String> subscriptions() {
        return switch (json.get("subscription")) {
            case JsonString one -> List.of(one.getString());
            case JsonArray several -> several.getValuesAs(JsonString::getString);
            case null, default -> List.of();
        };
    }

    @Override
    public Optional<String> text() {
        return data().map(JsonValue::toString);
    }

    @Override
    public Optional<JsonValue> data() {
        return Optional.ofNullable(json.get("data"));
    }

    @Override
    public JsonObject ext() {
        return json.get("ext") instanceof JsonObject ext ? ext : JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public SampleMessage withExt(String name, JsonValue value) {
        return with("ext", Json.createObjectBuilder(ext()).add(Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(value, "value")).build());
    }

    @Override
    public SampleMessage withoutExt(String name) {
        return with("ext", Json.createObjectBuilder(ext()).remove(name).build());
    }

    @Override
    public SampleMessage withData(JsonValue data) {
        if (isMeta()) {
            throw new IllegalStateException("A message on %s has no data.".formatted(channel()));
        }
        return with("data", Objects.requireNonNull(data, "data"));
    }

    @Override
    public SampleMessage withField(String name, JsonValue value) {
        if (!outgoing) {
            throw new IllegalStateException("Fields are added to messages on their way out only.");
        }
        if (OWN_FIELDS.contains(name)) {
            throw new IllegalArgumentException("\"%s\" is the protocol's own field.".formatted(name));
        }
        return with(name, Objects.requireNonNull(value, "value"));
    }

    private SampleMessage with(String field, JsonValue value) {
        boolean nothing = field.equals("ext") && value.getValueType() == ValueType.OBJECT
                && value.asJsonObject().isEmpty();
        return new SampleMessage(nothing
                ? Json.createObjectBuilder(json).remove(field).build()
                : Json.createObjectBuilder(json).add(field, value).build(), outgoing);
    }

    @Override
    public String toString() {
        return (outgoing ? "out " : "in ") + json;
    }
}
