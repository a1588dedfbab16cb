package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message from the server: its envelope, and its data as unparsed text. An absent field is {@code null}, or empty where
 * both mean the same.
 *
 * @param channel its channel; {@code null} if the server named none (C-83)
 * @param id the id of the request it answers, or the publisher's; a number has become its decimal text (C-40)
 * @param successful whether the server accepted the request; {@code null} in a delivery
 * @param error the reason of a refusal
 * @param advice whether, when and where the client should retry
 * @param ext the fields of extensions
 * @param subscriptions the channels a subscribe reply names, an array or one (C-66)
 * @param offered what the reply to a handshake says of the session
 * @param timestamp when it was sent, as the server says
 * @param data JSON text; {@code "null"} is data too (C-88)
 */
public record IncomingMessage(@Nullable String channel, @Nullable String id, @Nullable Boolean successful,
        ServerError error, @Nullable Advice advice, JsonObject ext, List<String> subscriptions, Offered offered,
        @Nullable String timestamp, @Nullable String data) {

    /**
     * The fields of a handshake reply about the session.
     *
     * @param clientId read in a handshake reply only (C-82)
     * @param connectionTypes those that the server supports
     * @param xMessages how many deliveries follow (C-12)
     */
    public record Offered(@Nullable String clientId, @Nullable List<String> connectionTypes, int xMessages) {

        /** Of all other messages. */
        public static final Offered NOTHING = new Offered(null, null, 0);
    }

    public @Nullable String clientId() {
        return offered.clientId();
    }

    public @Nullable List<String> supportedConnectionTypes() {
        return offered.connectionTypes();
    }

    public int xMessages() {
        return offered.xMessages();
    }

    public boolean isMeta() {
        return channel != null && channel.startsWith(Fields.META);
    }

    /** Whether it replies to a handshake or connect. */
    public boolean isSessionReply() {
        return Fields.HANDSHAKE.equals(channel) || Fields.CONNECT.equals(channel);
    }

    /** Whether it has an application channel and data (C-77). */
    public boolean isDelivery() {
        return channel != null && data != null && !isMeta();
    }

    public boolean isSuccessful() {
        return Boolean.TRUE.equals(successful);
    }

    /** The advised next step; {@code null} without advice or with an unknown value. */
    public @Nullable Reconnect reconnect() {
        return advice == null ? null : advice.reconnect();
    }

    /** Adds the channel and id of the request that this reply was matched to. */
    public IncomingMessage answering(String channel, String id) {
        return new IncomingMessage(channel, id, successful, error, advice, ext, subscriptions, offered, timestamp,
                data);
    }

    /** Returns the message as an extension changed it. */
    public IncomingMessage with(JsonObject newExt, @Nullable String newData) {
        return new IncomingMessage(channel, id, successful, error, advice, newExt, subscriptions, offered, timestamp,
                newData);
    }
}
