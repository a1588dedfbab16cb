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
    private final SubscriptionIdentity identity;
    private final Delivery delivery;

    DeliveredMessage(SubscriptionIdentity identity, Delivery delivery, Payloads payloads) {
        this.identity = identity;
        this.delivery = delivery;
        this.payloads = payloads;
    }

    /** Whether the message was in the queue of the subscription with this identity. */
    final boolean isOf(SubscriptionIdentity subscription) {
        return identity == subscription;
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
        return identity.subscriptionOf(delivery.channel());
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
