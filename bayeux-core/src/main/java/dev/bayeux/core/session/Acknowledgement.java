package dev.bayeux.core.session;

import dev.bayeux.core.session.Phase.Live;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged delivery (protocol.md 6.1): the server counts its connect replies and keeps what it has sent until the next
 * connect carries the number of the reply that brought it. A reply that was lost is sent again.
 */
final class Acknowledgement {

    private static final String ACK = "ack";
    private static final long NONE_YET = 0;

    private Acknowledgement() {
    }

    /** What a handshake reply agrees to: the number to begin with, {@code null} if the server does not count. */
    static @Nullable Long agreed(JsonObject ext) {
        JsonValue answer = ext.getOrDefault(ACK, JsonValue.NULL);
        if (answer instanceof JsonObject details) {
            // Deliveries that came with the handshake reply are counted already.
            return details.getOrDefault("enabled", JsonValue.NULL).getValueType() == ValueType.TRUE
                    ? number(details.get("batch"), NONE_YET)
                    : null;
        }
        return answer.getValueType() == ValueType.TRUE ? NONE_YET : null;
    }

    /** The session after a connect that was successful: the number counts as it is, since some may be missing (C-115). */
    static Live received(Live phase, JsonObject ext) {
        Long last = phase.acknowledged();
        return last == null ? phase : phase.acknowledging(number(ext.get(ACK), last));
    }

    /** Whether a reply has the number of one that was received before: its deliveries are not new. */
    static boolean isRepeated(Live phase, JsonObject ext) {
        Long last = phase.acknowledged();
        return last != null && ext.get(ACK) instanceof JsonNumber number && number.longValue() <= last;
    }

    private static Long number(@Nullable JsonValue value, long otherwise) {
        return value instanceof JsonNumber number ? number.longValue() : otherwise;
    }
}
