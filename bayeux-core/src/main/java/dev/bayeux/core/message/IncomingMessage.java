package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of the server: its envelope, and its data as text that nobody has parsed yet. Absent fields are
 * {@code null}, or empty where that means the same.
 *
 * @param channel where it belongs; {@code null} if the server did not say (C-83)
 * @param id the id of the request it answers, or the publisher's; a number has become its decimal text (C-40)
 * @param successful what a reply says
 * @param error what a reply says beyond that
 * @param clientId only looked at in a handshake reply (C-82)
 * @param advice steers what comes next
 * @param ext of extensions
 * @param subscriptions the channels a subscribe reply names, an array or one (C-66)
 * @param supportedConnectionTypes of a handshake reply
 * @param xMessages how many deliveries follow a handshake reply (C-12)
 * @param data JSON text; {@code "null"} is data too (C-88)
 */
public record IncomingMessage(@Nullable String channel, @Nullable String id, @Nullable Boolean successful,
        ServerError error, @Nullable String clientId, @Nullable Advice advice, JsonObject ext,
        List<String> subscriptions, @Nullable List<String> supportedConnectionTypes, int xMessages,
        @Nullable String data) {

    /**
     * {@return whether it answers a request on a meta channel, or is the server's own on one}
     */
    public boolean isMeta() {
        return channel != null && channel.startsWith(Fields.META);
    }

    /**
     * {@return whether it answers a handshake or connect}
     */
    public boolean isBeat() {
        return Fields.HANDSHAKE.equals(channel) || Fields.CONNECT.equals(channel);
    }

    /**
     * {@return whether it is for subscribers: an application channel, and data (C-77)}
     */
    public boolean isDelivery() {
        return channel != null && data != null && !isMeta();
    }

    /**
     * {@return whether a reply says yes}
     */
    public boolean isSuccessful() {
        return Boolean.TRUE.equals(successful);
    }

    /**
     * {@return the advised next step, if there is advice with a word that is known}
     */
    public @Nullable Reconnect reconnect() {
        return advice == null ? null : advice.reconnect();
    }

    /**
     * Tells a reply by the request it was found to answer, though it says less itself.
     *
     * @param channel the request's channel
     * @param id the request's id
     * @return the same message with these
     */
    public IncomingMessage answering(String channel, String id) {
        return new IncomingMessage(channel, id, successful, error, clientId, advice, ext, subscriptions,
                supportedConnectionTypes, xMessages, data);
    }

    /**
     * Gives it what an extension has made of it.
     *
     * @param newExt for extensions
     * @param newData JSON text
     * @return the same message with these
     */
    public IncomingMessage with(JsonObject newExt, @Nullable String newData) {
        return new IncomingMessage(channel, id, successful, error, clientId, advice, newExt, subscriptions,
                supportedConnectionTypes, xMessages, newData);
    }
}
