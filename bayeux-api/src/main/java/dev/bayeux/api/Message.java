package dev.bayeux.api;

import dev.bayeux.api.position.Position;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that the server delivered (Bayeux 1.0, "event message delivery"). Immutable, and safe for use by any number of
 * threads; it may be kept for as long as one likes.
 *
 * <p><b>Data.</b> Of a subscription with a type it was bound before the program got the message. Without a type,
 * {@link #data()} parses at the first call, which may throw {@link dev.bayeux.api.error.PayloadException}: what is nested
 * too deep, or is a number too long, fails there and not before. {@link #text()} never fails and costs nothing.
 *
 * @param <T> the type of the data
 */
public interface Message<T> {

    /**
     * {@return the channel it was published to; never a pattern}
     */
    String channel();

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
     * {@return the place after this message in its channel's stream, if the server has given it a replay id, a number or
     * text ({@code data.event.replayId}, protocol.md 6.4)}
     */
    Optional<Position> position();
}
