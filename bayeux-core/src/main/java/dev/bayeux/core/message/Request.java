package dev.bayeux.core.message;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the server, and the reply that somebody may wait for. The id is given when it is sent (C-55),
 * under the session's lock; {@link #reply} completes once (C-47).
 */
public final class Request {

    /** What it is. */
    public enum Kind {
        HANDSHAKE(Fields.HANDSHAKE), CONNECT(Fields.CONNECT), SUBSCRIBE(Fields.SUBSCRIBE), UNSUBSCRIBE(
                Fields.UNSUBSCRIBE), DISCONNECT(Fields.DISCONNECT), PUBLISH(""), CALL("");

        private final String metaChannel;
        private final String metaType;

        Kind(String metaChannel) {
            this.metaChannel = metaChannel;
            this.metaType = metaChannel.substring(metaChannel.lastIndexOf('/') + 1);
        }

        /** The last part of the meta channel that it is sent to, empty for what a program publishes. */
        String metaType() {
            return metaType;
        }
    }

    /** What an envelope adds at most, but for the client id: names, quotes and an id of 19 digits. */
    private static final int ENVELOPE_BYTES = 80;

    private final Kind kind;
    private final String channel;
    private final String body;
    private final JsonObject ext;
    private final int bytes;
    private final CompletableFuture<@Nullable IncomingMessage> reply = new CompletableFuture<>();
    private @Nullable String id;
    private volatile boolean sentAgain;

    /** For a body that is no JSON but the channel of a subscription, or nothing: the writer quotes it. */
    private Request(Kind kind, String channel, String body, JsonObject ext) {
        this(kind, channel, new JsonData(body, JsonText.bytes(body)), ext);
    }

    private Request(Kind kind, String channel, JsonData body, JsonObject ext) {
        this.kind = kind;
        this.channel = channel;
        this.body = body.text();
        this.ext = ext;
        this.bytes = ENVELOPE_BYTES + JsonText.bytes(channel) + body.bytes()
                + (ext.isEmpty() ? 0 : JsonText.bytes(ext.toString()));
    }

    /** A handshake or connect; the rest of its text is known when it is sent. */
    public static Request ofSession(Kind kind, String id) {
        Request request = new Request(kind, kind.metaChannel, "", JsonValue.EMPTY_JSON_OBJECT);
        request.id = id;
        return request;
    }

    /** A subscribe or unsubscribe of one channel (C-67). */
    public static Request ofSubscription(Kind kind, String subscription) {
        return ofSubscription(kind, subscription, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** The same with an {@code ext}. */
    public static Request ofSubscription(Kind kind, String subscription, JsonObject ext) {
        return new Request(kind, kind.metaChannel, subscription, ext);
    }

    /** A disconnect. */
    public static Request ofDisconnect() {
        return new Request(Kind.DISCONNECT, Fields.DISCONNECT, "", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** A publish or call; data is JSON text. */
    public static Request ofData(Kind kind, String channel, String data) {
        return ofData(kind, channel, JsonData.of(data), JsonValue.EMPTY_JSON_OBJECT);
    }

    /** The same with an {@code ext}. */
    public static Request ofData(Kind kind, String channel, JsonData data, JsonObject ext) {
        return new Request(kind, channel, data, ext);
    }

    public Kind kind() {
        return kind;
    }

    public String channel() {
        return channel;
    }

    /** The channel to subscribe to, or the data as JSON text. */
    public String body() {
        return body;
    }

    /** What it says to extensions of the server. */
    public JsonObject ext() {
        return ext;
    }

    /** How many bytes it has at most, but for those of the client id, which is known when it is sent. */
    public int bytes() {
        return bytes;
    }

    /** How many bytes a text has, the client id for example. */
    public static int bytesOf(String text) {
        return JsonText.bytes(text);
    }

    /** The id, empty until it is sent. */
    public String id() {
        return id == null ? "" : id;
    }

    public void stamp(String newId) {
        this.id = newId;
    }

    /** It has not left after all. */
    public void unstamp() {
        this.id = null;
    }

    /** It is sent once more, since the server has refused it for its session. */
    public void sendAgain() {
        unstamp();
        sentAgain = true;
    }

    /** Whether it was sent a second time. */
    public boolean isSentAgain() {
        return sentAgain;
    }

    public boolean isSent() {
        return id != null;
    }

    public CompletableFuture<@Nullable IncomingMessage> reply() {
        return reply;
    }

    /** Whether the program has asked for it and waits for its outcome. */
    public boolean isPublished() {
        return kind == Kind.PUBLISH || kind == Kind.CALL;
    }

    /** Whether a reply that has no id can be meant for this request (C-45); for what a program publishes, only a no can. */
    public boolean matchesWithoutId(IncomingMessage message) {
        return (!isPublished() || Boolean.FALSE.equals(message.successful())) && channel.equals(message.channel())
                && (message.subscriptions().isEmpty() || kind != Kind.SUBSCRIBE && kind != Kind.UNSUBSCRIBE
                        || message.subscriptions().equals(List.of(body)));
    }
}
