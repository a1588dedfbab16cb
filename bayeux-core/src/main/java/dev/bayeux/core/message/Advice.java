package dev.bayeux.core.message;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code advice} of one message as received. Absent and unreadable fields are {@code null} (C-30).
 *
 * @param reconnect what to do next
 * @param intervalMs pause between the end of a connect and the next; negative: do not connect again
 * @param timeoutMs how long the server will hold the next connect
 * @param maxIntervalMs how long the server keeps a session after the interval
 * @param multipleClients whether another client has the same cookie
 * @param hosts other servers, in order; empty if there are none
 */
public record Advice(@Nullable Reconnect reconnect, @Nullable Long intervalMs, @Nullable Long timeoutMs,
        @Nullable Long maxIntervalMs, @Nullable Boolean multipleClients, List<String> hosts) {

    /** The most hosts that are read. */
    private static final int MOST_HOSTS = 100;

    /** The longest time, a week: longer than any sensible advice, and safe in nanoseconds. */
    private static final long MAX_MS = 7L * 24 * 3600 * 1000;

    /** Reads an advice object. A field in the section for the connection type overrides the same field at the top (C-29). */
    public static Advice read(JsonObject advice, String connectionType) {
        JsonObject own = advice.get(connectionType) instanceof JsonObject section
                ? section
                : JsonValue.EMPTY_JSON_OBJECT;
        return new Advice(field(own, advice, Fields.RECONNECT, Advice::word),
                field(own, advice, Fields.INTERVAL, Advice::milliseconds),
                field(own, advice, Fields.TIMEOUT, Advice::notNegative),
                field(own, advice, Fields.MAX_INTERVAL, Advice::notNegative),
                field(own, advice, Fields.MULTIPLE_CLIENTS, Advice::flag),
                Objects.requireNonNullElse(field(own, advice, Fields.HOSTS, Advice::texts), List.of()));
    }

    /** Reads a value; {@code null} if it has the wrong type. */
    private interface Reading<T> {

        @Nullable
        T of(JsonValue value);
    }

    private static <T> @Nullable T field(JsonObject own, JsonObject advice, String name, Reading<T> reading) {
        JsonValue first = own.get(name);
        T value = first == null ? null : reading.of(first);
        JsonValue second = advice.get(name);
        return value != null || second == null ? value : reading.of(second);
    }

    private static @Nullable Reconnect word(JsonValue value) {
        return value instanceof JsonString text ? Reconnect.of(text.getString()) : null;
    }

    private static @Nullable Boolean flag(JsonValue value) {
        String text = value instanceof JsonString quoted ? quoted.getString() : value.toString();
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }

    private static @Nullable List<String> texts(JsonValue value) {
        return value instanceof JsonArray list
                ? list.stream().filter(JsonString.class::isInstance).limit(MOST_HOSTS)
                        .map(text -> ((JsonString) text).getString()).toList()
                : null;
    }

    private static @Nullable Long notNegative(JsonValue value) {
        Long time = milliseconds(value);
        return time == null || time < 0 ? null : time;
    }

    private static @Nullable Long milliseconds(JsonValue value) {
        BigDecimal time;
        if (value instanceof JsonNumber number) {
            time = number.bigDecimalValue();
        } else if (value instanceof JsonString text) {
            String digits = text.getString().strip();
            // Limits the digits that BigDecimal has to parse.
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
