package dev.bayeux.core.delivery;

import dev.bayeux.api.Message;
import dev.bayeux.api.position.Position;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery as the program receives it. */
final class DeliveredMessage<T> implements Message<T> {

    /** Stands for data that is parsed as a JSON value when it is first asked for. */
    static final Object UNPARSED = new Object();

    private final Payloads payloads;
    private final SubscriptionIdentity identity;
    private final Delivery delivery;
    private volatile @Nullable Object data;

    DeliveredMessage(SubscriptionIdentity identity, Delivery delivery, Payloads payloads, @Nullable Object data) {
        this.identity = identity;
        this.delivery = delivery;
        this.payloads = payloads;
        this.data = data;
    }

    @Override
    @SuppressWarnings("unchecked") // the subscription has bound the data to T
    public @Nullable T data() {
        Object known = data;
        if (known == UNPARSED) {
            known = payloads.read(channel(), text(), JsonValue.class);
            data = known;
        }
        return (T) known;
    }

    /** Whether the message was in the queue of the subscription with this identity. */
    boolean isOf(SubscriptionIdentity subscription) {
        return identity == subscription;
    }

    Delivery delivery() {
        return delivery;
    }

    @Override
    public String channel() {
        return delivery.channel();
    }

    @Override
    public String subscription() {
        return identity.subscriptionOf(delivery.channel());
    }

    @Override
    public Optional<Instant> timestamp() {
        return MessageTime.parse(delivery.message().timestamp());
    }

    @Override
    public String text() {
        return delivery.data();
    }

    @Override
    public JsonObject ext() {
        return delivery.message().ext();
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(delivery.message().id());
    }

    @Override
    public Optional<Position> position() {
        return payloads.position(text());
    }

    @Override
    public String toString() {
        return "Message[%s: %s]".formatted(channel(), text());
    }
}
