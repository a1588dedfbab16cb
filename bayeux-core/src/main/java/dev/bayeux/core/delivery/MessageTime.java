package dev.bayeux.core.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code timestamp} of a message: ISO 8601 as in Bayeux 1.0, or the format of HTTP dates. */
final class MessageTime {

    private MessageTime() {
    }

    static Optional<Instant> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Character.isDigit(text.charAt(0)) ? iso(text) : http(text));
        } catch (DateTimeException otherFormat) {
            return Optional.empty();
        }
    }

    private static Instant iso(String text) {
        // Without an offset it is UTC; the date, which has hyphens as well, ends at the T.
        boolean offset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
        return offset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static Instant http(String text) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }
}
