package dev.bayeux.core.delivery;

import jakarta.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A delivery whose data is parsed when it is first asked for. */
final class UnparsedMessage extends DeliveredMessage<JsonValue> {

    private volatile @Nullable JsonValue data;

    UnparsedMessage(SubscriptionIdentity identity, Delivery delivery, Payloads payloads) {
        super(identity, delivery, payloads);
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
}
