package dev.bayeux.api.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * What a transport carries in one request or frame.
 *
 * @param text one JSON array of messages, without lone surrogates, so that it can be encoded as UTF-8
 * @param limit how long {@link Transport#send} may take; over request and response until the first byte of the answer,
 *            which includes the time for which the server may hold a connect, and then as {@link ReplyLimit} says; over
 *            full duplex until the batch is written, as the client itself waits as long again for the answers
 * @param metaType what it is if it is one message of the protocol itself: {@code handshake}, {@code connect},
 *            {@code subscribe}, {@code unsubscribe} or {@code disconnect}; otherwise empty
 */
public record Batch(String text, Duration limit, String metaType) {

    /** Refuses {@code null}. */
    public Batch {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(metaType, "metaType");
    }

    /**
     * Several messages, or one of the program's.
     *
     * @param text one JSON array of messages
     * @param limit the longest time for it
     */
    public Batch(String text, Duration limit) {
        this(text, limit, "");
    }

    /** Without the text, which may hold tokens and the client id. */
    @Override
    public String toString() {
        return "Batch[%s, %d characters, limit=%s]".formatted(metaType.isEmpty() ? "messages" : metaType, text.length(),
                limit);
    }
}
