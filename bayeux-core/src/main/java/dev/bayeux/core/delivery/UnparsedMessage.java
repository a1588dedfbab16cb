package dev.bayeux.core.delivery;

import dev.bayeux.api.Message;
import dev.bayeux.core.message.IncomingMessage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery whose data is parsed when it is first asked for. */
final class UnparsedMessage implements Message<JsonValue> {

    private final IncomingMessage message;
    private final Payloads payloads;
    private volatile @Nullable JsonValue data;

    UnparsedMessage(IncomingMessage message, Payloads payloads) {
        this.message = message;
        this.payloads = payloads;
    }

    @Override
    public String channel() {
        return Objects.requireNonNull(message.channel());
    }

    @Override
    public JsonValue data() {
        JsonValue parsed = data;
        if (parsed == null) {
            parsed = (JsonValue) Objects.requireNonNull(payloads.read(channel(), text(), JsonValue.class));
            data = parsed;
        }
        return parsed;
    }

    @Override
    public String text() {
        return Objects.requireNonNull(message.data());
    }

    @Override
    public JsonObject ext() {
        return message.ext();
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(message.id());
    }

    @Override
    public String toString() {
        return "Message[%s: %s]".formatted(channel(), text());
    }
}
