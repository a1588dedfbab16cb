package dev.bayeux.core.message;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The {@code advice} of one message, as it was received; what is absent or cannot be understood is {@code null} (C-30).
 *
 * @param reconnect what to do next
 * @param intervalMs pause between the end of a connect and the next; negative: do not connect again
 * @param timeoutMs how long the server will hold the next connect
 * @param maxIntervalMs how long the server keeps a session beyond the interval
 * @param multipleClients whether another client shares our cookie
 */
public record Advice(@Nullable Reconnect reconnect, @Nullable Long intervalMs, @Nullable Long timeoutMs,
        @Nullable Long maxIntervalMs, @Nullable Boolean multipleClients) {

    /** A week: far beyond any sensible advice, and safe to count in nanoseconds. */
    private static final long MAX_MS = 7L * 24 * 3600 * 1000;

    /**
     * Reads an advice object; what its section for the connection type says wins over the same field at the top (C-29).
     *
     * @param advice the object
     * @param connectionType the transport that carried it
     * @return the advice
     */
    public static Advice read(JsonObject advice, String connectionType) {
        JsonObject own = advice.get(connectionType) instanceof JsonObject section
                ? section
                : JsonValue.EMPTY_JSON_OBJECT;
        JsonValue word = field(advice, own, Fields.RECONNECT);
        JsonValue multiple = field(advice, own, Fields.MULTIPLE_CLIENTS);
        return new Advice(word instanceof JsonString text ? Reconnect.of(text.getString()) : null,
                milliseconds(field(advice, own, Fields.INTERVAL)), notNegative(field(advice, own, Fields.TIMEOUT)),
                notNegative(field(advice, own, Fields.MAX_INTERVAL)), flag(multiple));
    }

    private static @Nullable JsonValue field(JsonObject advice, JsonObject own, String name) {
        JsonValue value = own.get(name);
        return value == null ? advice.get(name) : value;
    }

    private static @Nullable Boolean flag(@Nullable JsonValue value) {
        if (value instanceof JsonString text) {
            return Boolean.valueOf(text.getString());
        }
        return value == JsonValue.TRUE ? Boolean.TRUE : value == JsonValue.FALSE ? Boolean.FALSE : null;
    }

    private static @Nullable Long notNegative(@Nullable JsonValue value) {
        Long time = milliseconds(value);
        return time == null || time < 0 ? null : time;
    }

    private static @Nullable Long milliseconds(@Nullable JsonValue value) {
        BigDecimal time;
        if (value instanceof JsonNumber number) {
            time = number.bigDecimalValue();
        } else if (value instanceof JsonString text) {
            String digits = text.getString().strip();
            // A bound on the length keeps hostile exponents and endless digits away from BigDecimal.
            if (digits.length() > 20) {
                return null;
            }
            try {
                time = new BigDecimal(digits);
            } catch (NumberFormatException notANumber) {
                return null;
            }
        } else {
            return null;
        }
        double approximate = time.doubleValue();
        return approximate >= MAX_MS ? MAX_MS : approximate <= -1 ? -1L : (long) approximate;
    }
}
