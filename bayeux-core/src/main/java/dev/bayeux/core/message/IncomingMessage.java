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
 * @param clientId read in a handshake reply only (C-82)
 * @param advice whether, when and where the client should retry
 * @param ext the fields of extensions
 * @param subscriptions the channels a subscribe reply names, an array or one (C-66)
 * @param supportedConnectionTypes of a handshake reply
 * @param xMessages how many deliveries follow a handshake reply (C-12)
 * @param timestamp when it was sent, as the server says
 * @param data JSON text; {@code "null"} is data too (C-88)
 */
public record IncomingMessage(@Nullable String channel, @Nullable String id, @Nullable Boolean successful,
        ServerError error, @Nullable String clientId, @Nullable Advice advice, JsonObject ext,
        List<String> subscriptions, @Nullable List<String> supportedConnectionTypes, int xMessages,
        @Nullable String timestamp, @Nullable String data) {

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
        return new IncomingMessage(channel, id, successful, error, clientId, advice, ext, subscriptions,
                supportedConnectionTypes, xMessages, timestamp, data);
    }

    /** Returns the message as an extension changed it. */
    public IncomingMessage with(JsonObject newExt, @Nullable String newData) {
        return new IncomingMessage(channel, id, successful, error, clientId, advice, newExt, subscriptions,
                supportedConnectionTypes, xMessages, timestamp, newData);
    }
}
