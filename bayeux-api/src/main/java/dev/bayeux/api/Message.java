package dev.bayeux.api;

import dev.bayeux.api.position.Position;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds one message that the server delivered (Bayeux 1.0, "event message delivery"). Immutable, and safe for use by
 * any number of threads. A program may keep it for any time.
 *
 * <p><b>Data.</b> A subscription with a type binds the data before the program receives the message. Without a type,
 * {@link #data()} parses at the first call, and throws {@link dev.bayeux.api.error.PayloadException} if the data is
 * nested too deeply or contains a number that is too long. {@link #text()} never fails and costs nothing.
 *
 * @param <T> the type of the data
 */
public interface Message<T> {

    /** {@return the channel to which the message was published; never a pattern} */
    String channel();

    /**
     * {@return the channel or pattern by which the subscription received this message, as the program gave it} Of
     * several that match it is the most specific: the channel itself, then the longest pattern.
     */
    String subscription();

    /**
     * {@return the data, {@code null} if it is JSON null and the type has no value for that}
     */
    @Nullable
    T data();

    /**
     * {@return the data as the JSON text that was received}
     */
    String text();

    /**
     * {@return the message's {@code ext}, empty if it has none}
     */
    JsonObject ext();

    /**
     * {@return the message's id, if the server sent one; with Faye it is the publisher's}
     */
    Optional<String> id();

    /**
     * {@return when the message was sent, if the server says so in the message's {@code timestamp}} ISO 8601 (without an
     * offset it means UTC, as in Bayeux 1.0) and the format of HTTP dates, which CometD's extension uses, are understood.
     */
    Optional<Instant> timestamp();

    /**
     * {@return the position after this message in its channel, if the server has given it a replay id, a number or text
     * ({@code data.event.replayId}, protocol.md 6.4)}
     */
    Optional<Position> position();
}
