package dev.bayeux.api.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * What a transport carries in one request or frame.
 *
 * @param text one JSON array of messages
 * @param limit the longest time between the start of {@link Transport#send} and the end of the answer; it includes the
 *            time for which the server may hold a connect
 */
public record Batch(String text, Duration limit) {

    /** Refuses {@code null}. */
    public Batch {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(limit, "limit");
    }
}
