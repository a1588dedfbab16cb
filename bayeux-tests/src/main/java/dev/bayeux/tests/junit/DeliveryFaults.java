package dev.bayeux.tests.junit;

import dev.bayeux.tests.bayeux.ReplyTweak;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Drops deliveries, or sends them twice. */
final class DeliveryFaults implements ReplyTweak {

    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger toRepeat = new AtomicInteger();

    void lose(int count) {
        toLose.addAndGet(count);
    }

    void repeat(int count) {
        toRepeat.addAndGet(count);
    }

    @Override
    public List<JsonValue> tweak(List<JsonValue> messages) {
        List<JsonValue> sent = new ArrayList<>();
        for (JsonValue message : messages) {
            if (isDelivery(message) && Countdown.next(toLose)) {
                continue;
            }
            sent.add(message);
            if (isDelivery(message) && Countdown.next(toRepeat)) {
                sent.add(message);
            }
        }
        return sent;
    }

    private static boolean isDelivery(JsonValue message) {
        return message instanceof JsonObject object && object.containsKey("data");
    }
}
