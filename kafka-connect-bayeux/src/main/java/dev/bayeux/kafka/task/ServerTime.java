package dev.bayeux.kafka.task;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads the time of an event from the fields that Salesforce's servers use. */
final class ServerTime {

    private static final String[] NAMES = {"\"createdDate\"", "\"CreatedDate\"", "\"commitTimestamp\""};

    /** The format ISO 8601, also with offsets such as +0000. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).optionalStart().appendOffset("+HH:mm", "Z").optionalEnd()
            .optionalStart().appendOffset("+HHmm", "Z").optionalEnd().toFormatter(java.util.Locale.ROOT);

    private ServerTime() {
    }

    /**
     * Returns milliseconds since 1970, {@code null} if the data names no time. Parses only texts that contain the name
     * of such a field.
     */
    static @Nullable Long in(String text) {
        for (String name : NAMES) {
            if (text.contains(name)) {
                try {
                    return in(JsonTexts.toJava(text));
                } catch (DataException unreadable) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Returns milliseconds since 1970, {@code null} if the parsed data names no time. */
    static @Nullable Long in(@Nullable Object data) {
        if (!(data instanceof Map<?, ?> map)) {
            return null;
        }
        Long time = millis(at(map.get("event"), "createdDate"));
        if (time == null) {
            time = millis(at(map.get("payload"), "CreatedDate"));
        }
        return time == null
                ? millis(at(at(map.get("payload"), "ChangeEventHeader"), "commitTimestamp"))
                : time;
    }

    private static @Nullable Object at(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    private static @Nullable Long millis(@Nullable Object value) {
        if (value instanceof Long number) {
            return number >= 0 ? number : null;
        }
        if (value instanceof String text) {
            try {
                Instant instant = ISO.parse(text, OffsetDateTime::from).toInstant();
                return instant.toEpochMilli() >= 0 ? instant.toEpochMilli() : null;
            } catch (DateTimeParseException noTime) {
                return null;
            }
        }
        return null;
    }
}
