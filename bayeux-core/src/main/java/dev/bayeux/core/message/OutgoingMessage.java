package dev.bayeux.core.message;

import dev.bayeux.core.message.Request.Kind;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message as it leaves: a request with the session it belongs to, and what extensions add.
 *
 * @param kind what it is
 * @param channel the meta channel, or where it is published
 * @param id its id
 * @param clientId the session, {@code null} for a handshake
 * @param body what a message of this kind has beyond its envelope: the channel to subscribe to; the data as JSON text;
 *            the fields of a handshake or connect, written already
 * @param fields more fields at the top, none of the protocol's own
 * @param ext for extensions
 */
public record OutgoingMessage(Kind kind, String channel, String id, @Nullable String clientId, String body,
        JsonObject fields, JsonObject ext) {

    /** What neither a program nor an extension can say for a message (C-02, C-03); of {@code ext} they say a part. */
    private static final Set<String> OWN_FIELDS = Set.of(Fields.CHANNEL, Fields.ID, Fields.CLIENT_ID,
            Fields.VERSION, Fields.MINIMUM_VERSION, Fields.SUPPORTED_CONNECTION_TYPES, Fields.CONNECTION_TYPE,
            Fields.SUBSCRIPTION, Fields.DATA, Fields.SUCCESSFUL, Fields.EXT);

    /**
     * A handshake.
     *
     * @param id its id
     * @param connectionTypes what this client can use, in its order
     * @param fields what the program adds
     * @param ext all that goes into {@code ext}
     * @return the message
     */
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

    /**
     * A connect.
     *
     * @param id its id
     * @param clientId the session
     * @param connectionType the transport that carries it
     * @param atOnce whether the server shall answer at once instead of holding it (C-16)
     * @param ext all that goes into {@code ext}
     * @return the message
     */
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

    /**
     * Any other request.
     *
     * @param request stamped with its id
     * @param clientId the session
     * @return the message
     */
    public static OutgoingMessage of(Request request, @Nullable String clientId) {
        return new OutgoingMessage(request.kind(), request.channel(), request.id(), clientId, request.body(),
                JsonValue.EMPTY_JSON_OBJECT, request.ext());
    }

    /** Whether a field is the protocol's own and not for others to say. */
    public static boolean isOwnField(String name) {
        return OWN_FIELDS.contains(name);
    }

    /** The same with other data, as JSON text. */
    public OutgoingMessage withBody(String newBody) {
        return new OutgoingMessage(kind, channel, id, clientId, JsonText.wellFormed(newBody), fields, ext);
    }

    /** The same with another {@code ext} and other additional fields. */
    public OutgoingMessage with(JsonObject newFields, JsonObject newExt) {
        return new OutgoingMessage(kind, channel, id, clientId, body, newFields, newExt);
    }
}
