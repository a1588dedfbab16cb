package dev.bayeux.cli.demo;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the sessions of the demonstration's server, and answers their requests. */
final class DemoSessions {

    private static final String ECHO = "/service/echo";
    private static final JsonObject ADVICE = Json.createObjectBuilder().add("reconnect", "retry").add("interval", 0)
            .add("timeout", DemoSession.HOLD_MILLIS).build();
    private static final JsonObject HANDSHAKE = Json.createObjectBuilder().add("reconnect", "handshake")
            .add("interval", 0).build();

    private final Map<String, DemoSession> sessions = new ConcurrentHashMap<>();

    void publish(String channel, JsonValue data) {
        sessions.values().removeIf(DemoSession::isSilent);
        JsonObject message = delivery(channel, data).build();
        sessions.values().stream().filter(session -> session.wants(channel))
                .forEach(session -> session.deliver(message));
    }

    void forget() {
        sessions.values().forEach(DemoSession::end);
        sessions.clear();
    }

    /**
     * Returns the replies to one HTTP request. Holds a connect request that is alone in it until there is a message to
     * deliver.
     */
    JsonArray process(List<JsonObject> messages) throws InterruptedException {
        JsonArrayBuilder replies = Json.createArrayBuilder();
        for (JsonObject message : messages) {
            process(message, messages.size() == 1, replies);
        }
        return replies.build();
    }

    private void process(JsonObject message, boolean alone, JsonArrayBuilder replies) throws InterruptedException {
        String channel = message.getString("channel", "");
        if (channel.equals("/meta/handshake")) {
            String clientId = UUID.randomUUID().toString();
            sessions.put(clientId, new DemoSession());
            replies.add(reply(message, true).add("clientId", clientId).add("version", "1.0")
                    .add("supportedConnectionTypes", Json.createArrayBuilder().add("long-polling"))
                    .add("advice", ADVICE));
            return;
        }
        String clientId = message.getString("clientId", "");
        DemoSession session = sessions.get(clientId);
        if (session == null) {
            replies.add(reply(message, false).add("error", "402::Unknown client").add("advice", HANDSHAKE));
            return;
        }
        switch (channel) {
            case "/meta/connect" -> connect(message, session, alone, replies);
            case "/meta/subscribe" -> {
                subscriptions(message).forEach(session::subscribe);
                replies.add(reply(message, true).add("subscription", subscription(message)));
            }
            case "/meta/unsubscribe" -> {
                subscriptions(message).forEach(session::unsubscribe);
                replies.add(reply(message, true).add("subscription", subscription(message)));
            }
            case "/meta/disconnect" -> {
                sessions.remove(clientId);
                session.end();
                replies.add(reply(message, true));
            }
            default -> published(message, channel, session, replies);
        }
    }

    private static void connect(JsonObject message, DemoSession session, boolean alone, JsonArrayBuilder replies)
            throws InterruptedException {
        boolean noWait = !alone
                || message.get("advice") instanceof JsonObject advice && advice.getInt("timeout", 1) == 0;
        session.take(noWait ? 0 : DemoSession.HOLD_MILLIS).forEach(replies::add);
        JsonObjectBuilder reply = reply(message, !session.hasEnded());
        replies.add(session.hasEnded()
                ? reply.add("error", "402::Unknown client").add("advice", HANDSHAKE)
                : reply.add("advice", ADVICE));
    }

    private void published(JsonObject message, String channel, DemoSession sender, JsonArrayBuilder replies) {
        if (channel.startsWith("/meta/") || !channel.startsWith("/") || channel.contains("*")) {
            replies.add(reply(message, false).add("error", "400::No message can be published to this channel"));
            return;
        }
        JsonValue data = message.getOrDefault("data", JsonValue.NULL);
        if (channel.equals(ECHO)) {
            sender.deliver(withId(delivery(channel, data), message).build());
        } else if (!channel.startsWith("/service/")) {
            publish(channel, data);
        }
        replies.add(reply(message, true));
    }

    private static JsonObjectBuilder delivery(String channel, JsonValue data) {
        return Json.createObjectBuilder().add("channel", channel).add("data", data);
    }

    private static JsonObjectBuilder reply(JsonObject message, boolean successful) {
        return withId(Json.createObjectBuilder().add("channel", message.getString("channel", "")), message)
                .add("successful", successful);
    }

    private static JsonObjectBuilder withId(JsonObjectBuilder builder, JsonObject message) {
        @Nullable
        JsonValue id = message.get("id");
        return id == null ? builder : builder.add("id", id);
    }

    private static JsonValue subscription(JsonObject message) {
        return message.getOrDefault("subscription", JsonValue.NULL);
    }

    private static List<String> subscriptions(JsonObject message) {
        return switch (subscription(message)) {
            case JsonString one -> List.of(one.getString());
            case JsonArray several -> several.getValuesAs(JsonString::getString);
            default -> List.of();
        };
    }
}
