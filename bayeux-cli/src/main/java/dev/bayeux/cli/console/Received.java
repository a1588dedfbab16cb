package dev.bayeux.cli.console;

import dev.bayeux.api.Message;
import dev.bayeux.api.error.PayloadException;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a received message that can be printed.
 *
 * @param time when it was received
 * @param channel its channel
 * @param data its data as JSON text
 * @param value its data; {@code null} if it is JSON null or cannot be parsed
 * @param ext its {@code ext} as JSON text, empty if there is none
 * @param id its id, empty if there is none
 * @param replayId its replay id as JSON, a number or a text in quotes; empty if there is none
 */
record Received(Instant time, String channel, String data, @Nullable Object value, String ext, String id,
        String replayId) {

    static Received now(Message<?> message) {
        return new Received(Instant.now().truncatedTo(ChronoUnit.MILLIS), message.channel(), message.text(),
                value(message), message.ext().isEmpty() ? "" : message.ext().toString(), message.id().orElse(""),
                replayId(message));
    }

    private static String replayId(Message<?> message) {
        return message.position()
                .map(position -> position.isText() ? JsonFormat.quoted(position.replayId()) : position.replayId())
                .orElse("");
    }

    private static @Nullable Object value(Message<?> message) {
        try {
            return message.data() instanceof JsonValue value ? value : null;
        } catch (PayloadException unreadable) {
            // The text can be printed without the value.
            return null;
        }
    }
}
