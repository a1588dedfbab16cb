package dev.bayeux.api.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * Holds what a transport carries in one request or frame. Immutable.
 *
 * @param text one JSON array of messages, without lone surrogates, so that it can be encoded as UTF-8
 * @param limit how long carrying it may take. Over request and response it applies until the first byte of
 *            the answer, includes the time for which the server may hold a connect, and is followed by the limits of
 *            {@link TransportContext#replyTimeout()} and {@link TransportContext#wholeReplyTimeout()}. Over full duplex it applies until the batch is written; the client itself then waits
 *            as long again for the answers
 * @param metaType the type if it is one meta message: {@code handshake}, {@code connect}, {@code subscribe},
 *            {@code unsubscribe} or {@code disconnect}; otherwise empty
 */
public record Batch(String text, Duration limit, String metaType) {

    /** Rejects {@code null}. */
    public Batch {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(metaType, "metaType");
    }

    /**
     * Makes a batch of several messages, or of one message of the program.
     *
     * @param text one JSON array of messages, without lone surrogates, so that it can be encoded as UTF-8
     * @param limit how long carrying it may take
     */
    public Batch(String text, Duration limit) {
        this(text, limit, "");
    }

    /** Omits the text, which may contain tokens and the client id. */
    @Override
    public String toString() {
        return "Batch[%s, %d characters, limit=%s]".formatted(metaType.isEmpty() ? "messages" : metaType, text.length(),
                limit);
    }
}
