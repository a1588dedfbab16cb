package dev.bayeux.core.message;

import dev.bayeux.api.position.Position;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Finds the number that a server with the replay extension gives to a message: {@code data.event.replayId}. */
public final class ReplayId {

    private static final String EVENT = "event";
    private static final String REPLAY_ID = "replayId";

    private ReplayId() {
    }

    /** Whether a text can have such a number: a look that costs nearly nothing. */
    public static boolean isPossibleIn(String data) {
        return data.contains("\"replayId\"");
    }

    /**
     * Reads the number leniently: some send digits in a string.
     *
     * @param json parses
     * @param data the data of a message, as JSON text
     * @return the place behind that message, empty if it has no number
     */
    public static Optional<Position> positionIn(Json json, String data) {
        if (!isPossibleIn(data)) {
            return Optional.empty();
        }
        try {
            return json.parse(data) instanceof JsonObject object && object.get(EVENT) instanceof JsonObject event
                    ? position(event.getOrDefault(REPLAY_ID, JsonValue.NULL))
                    : Optional.empty();
        } catch (JsonException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Position> position(JsonValue value) {
        try {
            return switch (value) {
                case JsonNumber number -> Optional.of(Position.after(number.longValueExact()));
                case JsonString digits -> Optional.of(Position.after(Long.parseLong(digits.getString().strip())));
                default -> Optional.empty();
            };
        } catch (ArithmeticException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
