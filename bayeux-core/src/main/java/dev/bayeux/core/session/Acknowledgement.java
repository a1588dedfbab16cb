package dev.bayeux.core.session;

import dev.bayeux.core.session.Phase.Live;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledged delivery (protocol.md 6.1): the server numbers its connect replies and keeps the deliveries of each until the
 * next connect carries its number. The server retransmits a lost reply.
 */
final class Acknowledgement {

    private static final String ACK = "ack";
    private static final long NONE_YET = 0;

    private Acknowledgement() {
    }

    /** Returns the first number that a handshake reply offers, {@code null} if the server does not acknowledge. */
    static @Nullable Long agreed(JsonObject ext) {
        JsonValue answer = ext.getOrDefault(ACK, JsonValue.NULL);
        if (answer instanceof JsonObject details) {
            // The number covers the deliveries that came with the handshake reply.
            return details.getOrDefault("enabled", JsonValue.NULL).getValueType() == ValueType.TRUE
                    ? number(details.get("batch"), NONE_YET)
                    : null;
        }
        return answer.getValueType() == ValueType.TRUE ? NONE_YET : null;
    }

    /** Returns the session after a successful connect. Takes the number as it is, since numbers may be missing (C-115). */
    static Live received(Live phase, JsonObject ext) {
        Long last = phase.acknowledged();
        return last == null ? phase : phase.acknowledging(number(ext.get(ACK), last));
    }

    /** Whether a reply repeats the number of an earlier one, so that its deliveries are not new. */
    static boolean isRepeated(Live phase, JsonObject ext) {
        Long last = phase.acknowledged();
        return last != null && ext.get(ACK) instanceof JsonNumber number && number.longValue() <= last;
    }

    private static Long number(@Nullable JsonValue value, long otherwise) {
        return value instanceof JsonNumber number ? number.longValue() : otherwise;
    }
}
