package dev.bayeux.core.message;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message for the server, and the future of its reply. The id is assigned when the message is sent (C-55), under the
 * loop's lock. {@link #reply} completes once (C-47).
 */
public final class Request {

    /** The kind of request. */
    public enum Kind {
        HANDSHAKE(Fields.HANDSHAKE), CONNECT(Fields.CONNECT), SUBSCRIBE(Fields.SUBSCRIBE), UNSUBSCRIBE(
                Fields.UNSUBSCRIBE), DISCONNECT(Fields.DISCONNECT), PUBLISH(""), CALL("");

        private final String metaChannel;
        private final String metaType;

        Kind(String metaChannel) {
            this.metaChannel = metaChannel;
            this.metaType = metaChannel.substring(metaChannel.lastIndexOf('/') + 1);
        }

        /** The last segment of its meta channel, empty for a publish or call. */
        String metaType() {
            return metaType;
        }
    }

    /** Why a call is not sent although a session exists. */
    public enum Hold {

        /** An earlier call on its channel waits. */
        EARLIER_CALL(
                "An earlier call there waits for its answer, and no answer on this channel has had an id, so calls leave one at a time. They leave together if the service answers with the id of the request."),
        /** An earlier call on its channel has ended without its answer. */
        LATE_ANSWER(
                "An earlier call there has ended without its answer. That answer may still come, and the answers on this channel have no id, so it would be taken for the answer to this call. Calls leave again once it has come, or in the next session, after disconnect() and connect(). Let the service answer with the id of the request.");

        private final String text;

        Hold(String text) {
            this.text = text;
        }

        /** {@return the reason and the remedy, in sentences} */
        public String text() {
            return text;
        }
    }

    /** The most bytes that an envelope adds without the client id: names, quotes and an id of 19 digits. */
    private static final int ENVELOPE_BYTES = 80;

    private final Kind kind;
    private final String channel;
    private final String body;
    private final JsonObject ext;
    private final int bytes;
    private final CompletableFuture<@Nullable IncomingMessage> reply = new CompletableFuture<>();
    private @Nullable String id;
    private volatile boolean sentAgain;
    private volatile @Nullable Hold hold;

    /** The body is the channel of a subscription, or empty; the writer quotes it. */
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

    /** Makes a handshake or connect; the rest of its text is written when it is sent. */
    public static Request ofSession(Kind kind, String id) {
        Request request = new Request(kind, kind.metaChannel, "", JsonValue.EMPTY_JSON_OBJECT);
        request.id = id;
        return request;
    }

    /** Makes a subscribe or unsubscribe of one channel (C-67). */
    public static Request ofSubscription(Kind kind, String subscription) {
        return ofSubscription(kind, subscription, JsonValue.EMPTY_JSON_OBJECT);
    }

    public static Request ofSubscription(Kind kind, String subscription, JsonObject ext) {
        return new Request(kind, kind.metaChannel, subscription, ext);
    }

    public static Request ofDisconnect() {
        return new Request(Kind.DISCONNECT, Fields.DISCONNECT, "", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Makes a publish or call; data is JSON text. */
    public static Request ofData(Kind kind, String channel, String data) {
        return ofData(kind, channel, JsonData.of(data), JsonValue.EMPTY_JSON_OBJECT);
    }

    public static Request ofData(Kind kind, String channel, JsonData data, JsonObject ext) {
        return new Request(kind, channel, data, ext);
    }

    public Kind kind() {
        return kind;
    }

    public String channel() {
        return channel;
    }

    /** Returns the channel to subscribe to, or the data as JSON text. */
    public String body() {
        return body;
    }

    /** Returns the fields for extensions of the server. */
    public JsonObject ext() {
        return ext;
    }

    /** Returns its most bytes without those of the client id, which is known when the message is sent. */
    public int bytes() {
        return bytes;
    }

    /** Returns the bytes of a text such as the client id. */
    public static int bytesOf(String text) {
        return JsonText.bytes(text);
    }

    /** Returns the id, empty until the message is sent. */
    public String id() {
        return id == null ? "" : id;
    }

    public void assignId(String newId) {
        this.id = newId;
    }

    /** Records that the message was not sent after all. */
    public void clearId() {
        this.id = null;
    }

    /** Records that the message is sent once more, since the server refused its session. */
    public void sendAgain() {
        clearId();
        sentAgain = true;
    }

    /** Whether the message was sent a second time. */
    public boolean isSentAgain() {
        return sentAgain;
    }

    /** Records why a call is not sent, {@code null} if it is. */
    public void hold(@Nullable Hold why) {
        hold = why;
    }

    /** {@return why a call is not sent although a session exists; {@code null} if nothing holds it back} */
    public @Nullable Hold hold() {
        return hold;
    }

    public boolean isSent() {
        return id != null;
    }

    public CompletableFuture<@Nullable IncomingMessage> reply() {
        return reply;
    }

    /** Whether a program asked for it and waits for its outcome. */
    public boolean isPublished() {
        return kind == Kind.PUBLISH || kind == Kind.CALL;
    }

    /** Whether a reply without an id can answer this request (C-45); for a publish, only a refusal can. */
    public boolean matchesWithoutId(IncomingMessage message) {
        return (!isPublished() || Boolean.FALSE.equals(message.successful())) && channel.equals(message.channel())
                && (message.subscriptions().isEmpty() || kind != Kind.SUBSCRIBE && kind != Kind.UNSUBSCRIBE
                        || message.subscriptions().equals(List.of(body)));
    }
}
