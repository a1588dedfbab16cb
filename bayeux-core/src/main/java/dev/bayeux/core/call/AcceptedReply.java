package dev.bayeux.core.call;

import dev.bayeux.api.PublishReply;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.message.IncomingMessage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a publish; {@code null} stands for a server that has answered the request without mentioning the message. */
record AcceptedReply(Payloads payloads, String channel, @Nullable IncomingMessage reply) implements PublishReply {

    @Override
    public boolean isConfirmed() {
        return reply != null;
    }

    @Override
    public Optional<JsonValue> data() {
        return text().map(text -> (JsonValue) payloads.read(channel, text, JsonValue.class));
    }

    @Override
    public Optional<String> text() {
        return reply == null ? Optional.empty() : Optional.ofNullable(reply.data());
    }

    @Override
    public JsonObject ext() {
        return reply == null ? JsonValue.EMPTY_JSON_OBJECT : reply.ext();
    }

    @Override
    public String toString() {
        return "PublishReply[%s%s]".formatted(channel, text().map(": %s"::formatted).orElse(""));
    }
}
