package dev.bayeux.core.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A message of the server, as the rules see it, and its JSON.
 *
 * @param channel where it goes
 * @param id of the request, {@code null} if there is none
 * @param successful what it says
 * @param session the session's id in a handshake's reply, otherwise {@code null}
 * @param subscription of a reply to a subscribe or unsubscribe
 * @param number of a delivery, 0 for replies
 * @param advice if it has some
 * @param error if it is a refusal
 * @param ext JSON, if there is some
 * @param data JSON, of a delivery
 */
record ServerMessage(String channel, @Nullable String id, @Nullable Boolean successful, @Nullable String session,
        @Nullable String subscription, long number, @Nullable ServerAdvice advice, @Nullable String error,
        @Nullable String ext, @Nullable String data) {

    private static final String ACK = "{\"ack\":";

    static ServerMessage reply(ClientMessage request, boolean successful) {
        return new ServerMessage(request.channel(), request.id(), successful, null, request.subscription(), 0, null,
                successful ? null : "403::refused", null, null);
    }

    static ServerMessage delivery(String channel, long number, @Nullable String id, String data) {
        return new ServerMessage(channel, id, null, null, null, number, null, null, null, data);
    }

    ServerMessage withSession(String newSession) {
        return new ServerMessage(channel, id, successful, newSession, subscription, number, advice, error, ext, data);
    }

    ServerMessage with(@Nullable ServerAdvice newAdvice) {
        return new ServerMessage(channel, id, successful, session, subscription, number, newAdvice, error, ext, data);
    }

    ServerMessage withError(String newError) {
        return new ServerMessage(channel, id, successful, session, subscription, number, advice, newError, ext, data);
    }

    ServerMessage withExt(String newExt) {
        return new ServerMessage(channel, id, successful, session, subscription, number, advice, error, newExt, data);
    }

    ServerMessage withoutId() {
        return new ServerMessage(channel, null, successful, session, subscription, number, advice, error, ext, data);
    }

    boolean isBeat() {
        return channel.equals("/meta/handshake") || channel.equals("/meta/connect");
    }

    boolean isDelivery() {
        return data != null;
    }

    /** The number of a reply that is acknowledged, 0 if it has none. */
    long ack() {
        return ext != null && ext.startsWith(ACK) && Character.isDigit(ext.charAt(ACK.length()))
                ? Long.parseLong(ext.substring(ACK.length(), ext.length() - 1))
                : 0;
    }

    /** Whether the session is gone, by the text alone. */
    boolean meansLostSession() {
        return Boolean.FALSE.equals(successful) && error != null && error.endsWith("session_unknown");
    }

    /** Whether its advice leaves to the client what comes next. */
    boolean hasNoWord() {
        return advice == null || !advice.says("retry") && !advice.says("handshake") && !advice.says("none");
    }

    boolean isSuccessful() {
        return Boolean.TRUE.equals(successful);
    }

    String json() {
        StringBuilder to = new StringBuilder(160).append("{\"channel\":\"").append(channel).append('"');
        text(to, "id", id);
        raw(to, "successful", successful == null ? null : successful.toString());
        if (channel.equals("/meta/handshake") && isSuccessful()) {
            raw(to, "version", "\"1.0\"");
            raw(to, "supportedConnectionTypes", "[\"websocket\",\"long-polling\",\"callback-polling\"]");
        }
        text(to, "clientId", session);
        text(to, "subscription", subscription);
        text(to, "error", error);
        raw(to, "advice", advice == null ? null : advice.json());
        raw(to, "ext", ext);
        raw(to, "data", data);
        return to.append('}').toString();
    }

    private static void text(StringBuilder to, String name, @Nullable String value) {
        raw(to, name, value == null ? null : '"' + value + '"');
    }

    private static void raw(StringBuilder to, String name, @Nullable String value) {
        if (value != null) {
            to.append(",\"").append(name).append("\":").append(value);
        }
    }
}
