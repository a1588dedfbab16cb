package dev.bayeux.core.extension;

import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as extensions see it: the head and the fields of the protocol, which are fixed, and the fields that extensions
 * may change. {@code dataText} is {@code null} if there is no data, {@code fields} where there can be no more fields at the
 * top.
 */
record Envelope(Json json, Head head, @Nullable String dataText, @Nullable JsonObject fields,
        JsonObject ext) implements BayeuxMessage {

    /** The fields that the protocol itself sets. */
    record Head(@Nullable String channel, @Nullable String id, @Nullable String clientId, @Nullable Boolean successful,
            ServerError error, List<String> subscriptions) {}

    static Envelope of(Json json, OutgoingMessage message) {
        boolean subscribing = message.kind() == Kind.SUBSCRIBE || message.kind() == Kind.UNSUBSCRIBE;
        return new Envelope(json,
                new Head(message.channel(), message.id(), message.clientId(), null, ServerError.NONE,
                        subscribing ? List.of(message.body()) : List.of()),
                hasData(message) ? message.body() : null, message.fields(), message.ext());
    }

    static Envelope of(Json json, IncomingMessage message) {
        return new Envelope(json,
                new Head(message.channel(), message.id(), message.clientId(), message.successful(), message.error(),
                        message.subscriptions()),
                message.data(), null, message.ext());
    }

    private static boolean hasData(OutgoingMessage message) {
        return message.kind() == Kind.PUBLISH || message.kind() == Kind.CALL;
    }

    /** Whether the message that an extension returned is the one it received, or was derived from that one. */
    static boolean isMadeOf(BayeuxMessage given, BayeuxMessage returned) {
        return given instanceof Envelope before && returned instanceof Envelope after && before.head == after.head;
    }

    static OutgoingMessage change(OutgoingMessage message, BayeuxMessage changed) {
        JsonObject fields = changed instanceof Envelope own ? own.fieldsOrNone() : message.fields();
        OutgoingMessage with = message.with(fields, changed.ext());
        return hasData(message) ? with.withBody(changed.text().orElse(message.body())) : with;
    }

    static IncomingMessage change(IncomingMessage message, BayeuxMessage changed) {
        return message.with(changed.ext(), changed.text().orElse(null));
    }

    private JsonObject fieldsOrNone() {
        return fields == null ? JsonValue.EMPTY_JSON_OBJECT : fields;
    }

    @Override
    public String channel() {
        return head.channel() == null ? "" : head.channel();
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(head.id());
    }

    @Override
    public Optional<String> clientId() {
        return Optional.ofNullable(head.clientId());
    }

    @Override
    public Optional<Boolean> successful() {
        return Optional.ofNullable(head.successful());
    }

    @Override
    public ServerError error() {
        return head.error();
    }

    @Override
    public List<String> subscriptions() {
        return head.subscriptions();
    }

    @Override
    public Optional<String> text() {
        return Optional.ofNullable(dataText);
    }

    @Override
    public Optional<JsonValue> data() {
        return text().map(json::parse);
    }

    @Override
    public BayeuxMessage withExt(String name, JsonValue value) {
        return new Envelope(json, head, dataText, fields, with(ext, name, value));
    }

    @Override
    public BayeuxMessage withoutExt(String name) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(ext);
        rest.remove(name);
        return new Envelope(json, head, dataText, fields, json.object(rest));
    }

    @Override
    public BayeuxMessage withData(JsonValue data) {
        if (isMeta()) {
            throw new IllegalStateException("A message on %s has no data.".formatted(channel()));
        }
        return new Envelope(json, head, data.toString(), fields, ext);
    }

    @Override
    public BayeuxMessage withField(String name, JsonValue value) {
        if (fields == null) {
            throw new IllegalStateException("Fields are added to messages on their way out only.");
        }
        boolean advice = name.equals(Fields.ADVICE) && channel().equals(Fields.CONNECT);
        if (OutgoingMessage.isOwnField(name) || advice) {
            throw new IllegalArgumentException("\"%s\" is the protocol's own field.".formatted(name));
        }
        return new Envelope(json, head, dataText, with(fields, name, value), ext);
    }

    private JsonObject with(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(object);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return json.object(more);
    }

    /** Without the client id and {@code ext}, which may hold secrets. */
    @Override
    public String toString() {
        return "BayeuxMessage[%s, id %s]".formatted(channel(), head.id());
    }
}
