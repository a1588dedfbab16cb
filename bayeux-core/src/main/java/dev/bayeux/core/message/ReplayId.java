package dev.bayeux.core.message;

import dev.bayeux.api.error.SafeText;
import dev.bayeux.api.position.Position;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the replay id that a server with the replay extension gives to a message, {@code data.event.replayId}, and writes
 * it back in the same form, number or text.
 */
public final class ReplayId {

    private static final String EVENT = "event";
    private static final String REPLAY_ID = "replayId";
    private static final int SHOWN = 100;
    private static final Found NONE = new Found(Optional.empty(), null);

    /** The position after a message, empty without a usable replay id; and an unusable replay id with the reason. */
    public record Found(Optional<Position> position, @Nullable String unusable) {}

    private ReplayId() {
    }

    /** Whether a text may contain a replay id; a cheap test before parsing. */
    public static boolean isPossibleIn(String data) {
        return data.contains("\"replayId\"");
    }

    /**
     * Reads the replay id of a message: the position after that message, or why its replay id is unusable; neither if it has
     * none.
     */
    public static Found in(Json json, String data) {
        if (!isPossibleIn(data)) {
            return NONE;
        }
        try {
            return json.parse(data) instanceof JsonObject object && object.get(EVENT) instanceof JsonObject event
                    ? found(event.getOrDefault(REPLAY_ID, JsonValue.NULL))
                    : NONE;
        } catch (RuntimeException | StackOverflowError unreadable) {
            return NONE;
        }
    }

    private static Found found(JsonValue value) {
        try {
            return switch (value) {
                case JsonNumber number -> new Found(Optional.of(position(number)), null);
                case JsonString text -> new Found(Optional.of(Position.after(text.getString())), null);
                default -> value.equals(JsonValue.NULL) ? NONE : unusable(value, "it is neither a number nor text");
            };
        } catch (ArithmeticException | IllegalArgumentException | UnsupportedOperationException none) {
            return unusable(value, SafeText.reason(none));
        }
    }

    private static Position position(JsonNumber number) {
        BigDecimal value = number.bigDecimalValue();
        // The digits of a short number such as 1e999999999 would fill a gigabyte.
        if (Math.abs((long) value.scale()) > Position.MAX_CHARACTERS) {
            throw new ArithmeticException("it has too many digits");
        }
        Position position = new Position(value.toBigIntegerExact().toString(), false);
        if (!position.isAfterMessage()) {
            throw new IllegalArgumentException("The replay id of a message is not negative: " + value);
        }
        return position;
    }

    private static Found unusable(JsonValue value, String why) {
        return new Found(Optional.empty(), "%s (%s)".formatted(shown(value), why));
    }

    private static String shown(JsonValue value) {
        try {
            return SafeText.of(value.toString(), SHOWN);
        } catch (RuntimeException unwritable) {
            // The JSON library can parse some numbers that it cannot write.
            return "a number";
        }
    }

    /** Writes a position for a subscribe request: its replay id, a number or a string. */
    public static JsonValue toJson(Json json, Position position) {
        return position.isText() ? json.string(position.replayId()) : json.number(position.replayId());
    }
}
