package dev.bayeux.core.delivery;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the start positions of subscriptions from the program's store, and saves the positions that were handled. Does
 * nothing for a client without a store. The program's threads call it.
 */
public final class HandledPositions {

    private final ClientLoop loop;
    private final Payloads payloads;
    private final @Nullable SavedPositions saved;

    /** {@code store} is {@code null} without replay. */
    public HandledPositions(ClientRuntime runtime, ClientLoop loop, Payloads payloads, Events events,
            @Nullable PositionStore store) {
        this.loop = loop;
        this.payloads = payloads;
        this.saved = store == null ? null : new SavedPositions(runtime, store, events);
    }

    boolean isOn() {
        return saved != null;
    }

    /** Returns the start position of each channel of a subscription; empty without a store. */
    Map<String, Position> starts(SubscriptionSettings settings) {
        SavedPositions store = saved;
        Map<String, Position> starts = new LinkedHashMap<>();
        if (store != null) {
            for (String channel : settings.channels()) {
                Position from = settings.from();
                starts.put(channel, from == null ? store.load(channel).orElse(settings.otherwise()) : from);
            }
        }
        return starts;
    }

    /** Records that a subscriber has handled a message, and saves the positions that every subscriber has reached. */
    void handled(Subscriber by, Delivery delivery) {
        SavedPositions store = saved;
        if (store != null) {
            List<Input.Saving> savings = new ArrayList<>(1);
            loop.accept(new Input.Handled(by, delivery.number(), delivery.channel(),
                    payloads.replayId(delivery.data()), savings));
            savings.forEach(store::save);
        }
    }
}
