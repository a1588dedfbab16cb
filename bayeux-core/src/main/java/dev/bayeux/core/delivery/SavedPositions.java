package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Writes to the program's position store, in the order of delivery. The caller must not hold the loop's lock. */
final class SavedPositions {

    /** One channel in the store. */
    private static final class Key {
        private final ReentrantLock lock;
        private long number;

        Key(ReentrantLock lock) {
            this.lock = lock;
        }
    }

    private final ClientRuntime runtime;
    private final PositionStore store;
    private final Events events;
    private final Map<String, Key> keys = new ConcurrentHashMap<>();

    SavedPositions(ClientRuntime runtime, PositionStore store, Events events) {
        this.runtime = runtime;
        this.store = store;
        this.events = events;
    }

    Optional<Position> load(String channel) {
        try {
            return store.load(ReplayExtension.key(channel));
        } catch (PositionException known) {
            throw known;
        } catch (RuntimeException failed) {
            throw failure(channel, "looked up", failed);
        }
    }

    /** Saves a position unless a later one has been saved already, by another subscriber or by the next subscription. */
    void save(Input.Saving saving) {
        String name = ReplayExtension.key(saving.channel());
        Key key = keys.computeIfAbsent(name, any -> new Key(runtime.newLock()));
        key.lock.lock();
        try {
            if (saving.number() > key.number) {
                store.save(name, saving.position());
                key.number = saving.number();
            }
        } catch (Throwable failed) {
            // The store may be the program's code. Its failure does not stop the handling of messages.
            events.report(new ClientEvent.PositionNotSaved(name, saving.position(),
                    failed instanceof PositionException known ? known : failure(saving.channel(), "saved", failed)));
        } finally {
            key.lock.unlock();
        }
    }

    private static PositionException failure(String channel, String what, Throwable cause) {
        return new PositionException(channel, "The position of %s could not be %s: the store failed with %s."
                .formatted(channel, what, cause), cause);
    }
}
