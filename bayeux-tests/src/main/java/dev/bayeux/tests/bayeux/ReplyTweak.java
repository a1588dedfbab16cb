package dev.bayeux.tests.bayeux;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes what a response carries, just before it is sent: the habits of servers that differ from the default. A tweak
 * must not block.
 */
@FunctionalInterface
public interface ReplyTweak {

    /**
     * Changes a response.
     *
     * @param messages its messages, replies and deliveries, in the order in which they would be sent
     * @return what is sent instead
     */
    List<JsonValue> tweak(List<JsonValue> messages);

    /**
     * {@return a tweak that changes nothing}
     */
    static ReplyTweak none() {
        return messages -> messages;
    }

    /**
     * {@return a tweak that sends everything in the opposite order}
     */
    static ReplyTweak reversed() {
        return List::reversed;
    }

    /**
     * {@return a tweak that puts replies before deliveries, as Faye and Logitech's servers do}
     */
    static ReplyTweak repliesFirst() {
        return messages -> {
            List<JsonValue> sorted = new ArrayList<>(messages);
            sorted.sort(Comparator.comparing(ReplyTweak::isDelivery));
            return sorted;
        };
    }

    /**
     * {@return a tweak that leaves out the ids of replies on meta channels, as Logitech's servers do}
     */
    static ReplyTweak withoutMetaIds() {
        return eachReply(reply -> isMeta(reply) ? Json.createObjectBuilder(reply).remove("id").build() : reply);
    }

    /**
     * {@return a tweak that sends ids as numbers where they are decimal}
     */
    static ReplyTweak numericIds() {
        return eachReply(reply -> {
            String id = reply.getString("id", "");
            return id.matches("[0-9]{1,18}")
                    ? Json.createObjectBuilder(reply).add("id", Long.parseLong(id)).build()
                    : reply;
        });
    }

    /**
     * {@return a tweak for each reply; deliveries stay as they are}
     *
     * @param change gives what is sent instead of a reply
     */
    static ReplyTweak eachReply(UnaryOperator<JsonObject> change) {
        return messages -> messages.stream().map(message -> message instanceof JsonObject reply && !isDelivery(message)
                ? (JsonValue) change.apply(reply)
                : message).toList();
    }

    private static boolean isDelivery(JsonValue message) {
        return message instanceof JsonObject object && object.containsKey("data");
    }

    private static boolean isMeta(JsonObject message) {
        return message.getString("channel", "").startsWith("/meta/");
    }
}
