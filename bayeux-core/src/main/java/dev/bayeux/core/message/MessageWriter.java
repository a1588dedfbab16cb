package dev.bayeux.core.message;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes requests as the text of a batch, which is always an array (Bayeux 1.0, "message"; PROTOCOL 3.1, 3.4). */
public final class MessageWriter {

    /** What a program cannot say for a handshake (C-02, C-03); of {@code ext} it says a part. */
    private static final Set<String> OWN_FIELDS = Set.of(Fields.CHANNEL, Fields.ID, Fields.CLIENT_ID,
            Fields.VERSION, Fields.MINIMUM_VERSION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.EXT);

    private MessageWriter() {
    }

    /**
     * A handshake.
     *
     * @param id its id
     * @param connectionTypes what this client can use, in its order
     * @param fields what the program adds
     * @param credentials what credentials add to {@code ext}; they win
     * @return a batch of this one message
     * @throws IllegalArgumentException if the program's {@code ext} is no object
     */
    public static String handshake(String id, List<String> connectionTypes, JsonObject fields,
            JsonObject credentials) {
        StringBuilder to = new StringBuilder(256).append("[{");
        JsonText.field(to, Fields.CHANNEL, Fields.HANDSHAKE);
        JsonText.field(to, Fields.ID, id);
        JsonText.field(to, Fields.VERSION, Fields.BAYEUX_VERSION);
        JsonText.field(to, Fields.MINIMUM_VERSION, Fields.BAYEUX_VERSION);
        JsonText.name(to, Fields.SUPPORTED_CONNECTION_TYPES).append('[');
        for (String type : connectionTypes) {
            JsonText.quote(to.charAt(to.length() - 1) == '[' ? to : to.append(','), type);
        }
        to.append(']');
        fields.forEach((name, value) -> {
            if (!OWN_FIELDS.contains(name)) {
                JsonText.quote(to.append(','), name).append(':').append(value);
            }
        });
        ext(to, ownExt(fields), credentials);
        return to.append("}]").toString();
    }

    private static JsonObject ownExt(JsonObject fields) {
        return switch (fields.getOrDefault(Fields.EXT, JsonValue.NULL)) {
            case JsonObject own -> own;
            case JsonValue none when none.getValueType() == ValueType.NULL -> JsonValue.EMPTY_JSON_OBJECT;
            case JsonValue other -> throw new IllegalArgumentException(
                    "The ext of a handshake must be a JSON object, not %s.".formatted(other.getValueType()));
        };
    }

    private static void ext(StringBuilder to, JsonObject own, JsonObject credentials) {
        if (own.isEmpty() && credentials.isEmpty()) {
            return;
        }
        JsonText.name(to, Fields.EXT).append('{');
        own.forEach((name, value) -> {
            if (!credentials.containsKey(name)) {
                extField(to, name, value);
            }
        });
        credentials.forEach((name, value) -> extField(to, name, value));
        to.append('}');
    }

    private static void extField(StringBuilder to, String name, JsonValue value) {
        JsonText.quote(to.charAt(to.length() - 1) == '{' ? to : to.append(','), name).append(':').append(value);
    }

    /**
     * A connect.
     *
     * @param id its id
     * @param clientId the session
     * @param connectionType the transport that carries it
     * @param atOnce whether the server shall answer at once instead of holding it (C-16)
     * @return a batch of this one message
     */
    public static String connect(String id, String clientId, String connectionType, boolean atOnce) {
        StringBuilder to = start(new StringBuilder(192).append('['), Fields.CONNECT, id, clientId);
        JsonText.field(to, Fields.CONNECTION_TYPE, connectionType);
        if (atOnce) {
            JsonText.name(to, Fields.ADVICE).append("{\"timeout\":0}");
        }
        return to.append("}]").toString();
    }

    /**
     * Any other requests, in order.
     *
     * @param requests stamped with their ids
     * @param clientId the session
     * @return one batch
     */
    public static String batch(List<Request> requests, @Nullable String clientId) {
        StringBuilder to = new StringBuilder(requests.stream().mapToInt(Request::bytes).sum() + 2).append('[');
        for (Request request : requests) {
            if (to.length() > 1) {
                to.append(',');
            }
            start(to, request.channel(), request.id(), clientId);
            switch (request.kind()) {
                case SUBSCRIBE, UNSUBSCRIBE -> JsonText.field(to, Fields.SUBSCRIPTION, request.body());
                case PUBLISH, CALL -> JsonText.name(to, Fields.DATA).append(request.body());
                case DISCONNECT, HANDSHAKE, CONNECT -> {
                    // Nothing beyond the envelope.
                }
            }
            to.append('}');
        }
        return to.append(']').toString();
    }

    private static StringBuilder start(StringBuilder to, String channel, String id, @Nullable String clientId) {
        to.append('{');
        JsonText.field(to, Fields.CHANNEL, channel);
        JsonText.field(to, Fields.ID, id);
        if (clientId != null) {
            JsonText.field(to, Fields.CLIENT_ID, clientId);
        }
        return to;
    }
}
