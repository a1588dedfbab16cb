package dev.bayeux.core.delivery;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The positions of subscriptions between the program's store and the protocol: where a subscription starts, and what has
 * been handled of it. Does nothing for clients without a store. Called by the program's threads.
 */
public final class HandledPositions {

    private final ClientLoop loop;
    private final Payloads payloads;
    private final @Nullable SavedPositions saved;

    /**
     * For one client.
     *
     * @param runtime for locks
     * @param loop finds the positions that may be saved
     * @param payloads finds the positions of messages
     * @param events tells of positions that could not be saved
     * @param store keeps positions, {@code null} for no replay
     */
    public HandledPositions(ClientRuntime runtime, ClientLoop loop, Payloads payloads, Events events,
            @Nullable PositionStore store) {
        this.loop = loop;
        this.payloads = payloads;
        this.saved = store == null ? null : new SavedPositions(runtime, store, events);
    }

    boolean isOn() {
        return saved != null;
    }

    /** Finds where the channels of a subscription start; empty without a store. */
    Map<String, Position> starts(Wish wish) {
        SavedPositions store = saved;
        Map<String, Position> starts = new LinkedHashMap<>();
        if (store != null) {
            for (String channel : wish.channels()) {
                Position from = wish.from();
                starts.put(channel, from == null ? store.load(channel).orElse(wish.otherwise()) : from);
            }
        }
        return starts;
    }

    /** A subscriber has handled a message: saves the positions that every subscriber of its channel has reached. */
    void handled(Subscriber by, Delivery delivery) {
        SavedPositions store = saved;
        if (store != null) {
            Input.Handled handled = new Input.Handled(by, delivery.number(), delivery.channel(),
                    payloads.replayId(delivery.data()));
            loop.accept(handled);
            handled.savings().forEach(store::save);
        }
    }
}
