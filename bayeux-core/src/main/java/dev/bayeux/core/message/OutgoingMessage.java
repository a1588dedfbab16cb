package dev.bayeux.core.message;

import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message to be sent: a request with its client id, and the fields that extensions add.
 *
 * @param kind the kind of request
 * @param channel the meta channel, or the channel of a publish
 * @param id its id
 * @param clientId the client id, {@code null} for a handshake
 * @param body the part of this kind of message after its envelope: the channel to subscribe to; the data as JSON text;
 *            or the written fields of a handshake or connect
 * @param fields additional fields, none of the protocol's own
 * @param ext for extensions
 */
public record OutgoingMessage(Kind kind, String channel, String id, @Nullable String clientId, String body,
        JsonObject fields, JsonObject ext) {

    /** The fields that neither a program nor an extension can set (C-02, C-03); they can set parts of {@code ext}. */
    private static final Set<String> OWN_FIELDS = Set.of(Fields.CHANNEL, Fields.ID, Fields.CLIENT_ID,
            Fields.VERSION, Fields.MINIMUM_VERSION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.CONNECTION_TYPE,
            Fields.SUBSCRIPTION, Fields.DATA, Fields.SUCCESSFUL, Fields.EXT);

    /** Makes a handshake with the fields that the program adds, and all that goes into {@code ext}. */
    public static OutgoingMessage handshake(String id, List<String> connectionTypes, JsonObject fields,
            JsonObject ext) {
        StringBuilder body = new StringBuilder(128);
        JsonText.field(body, Fields.VERSION, Fields.BAYEUX_VERSION);
        JsonText.field(body, Fields.MINIMUM_VERSION, Fields.BAYEUX_VERSION);
        JsonText.name(body, Fields.SUPPORTED_CONNECTION_TYPES).append('[');
        for (String type : connectionTypes) {
            JsonText.quote(body.charAt(body.length() - 1) == '[' ? body : body.append(','), type);
        }
        return new OutgoingMessage(Kind.HANDSHAKE, Fields.HANDSHAKE, id, null, body.append(']').toString(), fields,
                ext);
    }

    /** Makes a connect request; {@code atOnce} asks the server to answer at once instead of holding it (C-16). */
    public static OutgoingMessage connect(String id, String clientId, String connectionType, boolean atOnce,
            JsonObject ext) {
        StringBuilder body = new StringBuilder(64);
        JsonText.field(body, Fields.CONNECTION_TYPE, connectionType);
        if (atOnce) {
            JsonText.name(body, Fields.ADVICE).append("{\"timeout\":0}");
        }
        return new OutgoingMessage(Kind.CONNECT, Fields.CONNECT, id, clientId, body.toString(),
                JsonValue.EMPTY_JSON_OBJECT, ext);
    }

    /** Makes the message of any other request, whose id is assigned. */
    public static OutgoingMessage of(Request request, @Nullable String clientId) {
        return new OutgoingMessage(request.kind(), request.channel(), request.id(), clientId, request.body(),
                JsonValue.EMPTY_JSON_OBJECT, request.ext());
    }

    /** Whether a field belongs to the protocol, so that others cannot set it. */
    public static boolean isOwnField(String name) {
        return OWN_FIELDS.contains(name);
    }

    public OutgoingMessage withBody(String newBody) {
        return new OutgoingMessage(kind, channel, id, clientId, JsonText.wellFormed(newBody), fields, ext);
    }

    public OutgoingMessage with(JsonObject newFields, JsonObject newExt) {
        return new OutgoingMessage(kind, channel, id, clientId, body, newFields, newExt);
    }
}
