package dev.bayeux.core.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A delivery with its data bound.
 *
 * @param <T> the type of the data
 */
final class BoundMessage<T> extends DeliveredMessage<T> {

    private final @Nullable T data;

    BoundMessage(SubscriptionIdentity identity, Delivery delivery, Payloads payloads, @Nullable T data) {
        super(identity, delivery, payloads);
        this.data = data;
    }

    @Override
    public @Nullable T data() {
        return data;
    }
}
