package dev.bayeux.core.delivery;

import dev.bayeux.api.Message;
import dev.bayeux.api.position.Position;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as the program holds it.
 *
 * @param <T> the type of the data
 */
abstract class DeliveredMessage<T> implements Message<T> {

    final Payloads payloads;
    private final Taker taker;
    private final Delivery delivery;

    DeliveredMessage(Taker taker, Delivery delivery, Payloads payloads) {
        this.taker = taker;
        this.delivery = delivery;
        this.payloads = payloads;
    }

    /** Whether the message was in the queue of the subscription with this identity. */
    final boolean isOf(Taker subscription) {
        return taker == subscription;
    }

    final Delivery delivery() {
        return delivery;
    }

    @Override
    public final String channel() {
        return delivery.channel();
    }

    @Override
    public final String subscription() {
        return taker.subscriptionOf(delivery.channel());
    }

    @Override
    public final Optional<Instant> timestamp() {
        return MessageTime.parse(delivery.message().timestamp());
    }

    @Override
    public final String text() {
        return delivery.data();
    }

    @Override
    public final JsonObject ext() {
        return delivery.message().ext();
    }

    @Override
    public final Optional<String> id() {
        return Optional.ofNullable(delivery.message().id());
    }

    @Override
    public final Optional<Position> position() {
        return payloads.position(text());
    }

    @Override
    public final String toString() {
        return "Message[%s: %s]".formatted(channel(), text());
    }
}
