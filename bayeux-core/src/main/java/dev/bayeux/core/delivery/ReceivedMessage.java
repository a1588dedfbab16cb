package dev.bayeux.core.delivery;

import dev.bayeux.api.Message;
import dev.bayeux.core.message.IncomingMessage;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the program holds it, its data bound.
 *
 * @param <T> the type of the data
 */
record ReceivedMessage<T>(String channel, @Nullable T data, String text, JsonObject ext, Optional<String> id)
        implements
            Message<T> {

    static <T> ReceivedMessage<T> of(IncomingMessage message, @Nullable T data) {
        return new ReceivedMessage<>(String.valueOf(message.channel()), data, String.valueOf(message.data()),
                message.ext(), Optional.ofNullable(message.id()));
    }
}
