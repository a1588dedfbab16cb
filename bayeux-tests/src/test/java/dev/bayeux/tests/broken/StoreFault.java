package dev.bayeux.tests.broken;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A mistake that a store of positions could make, and the rules of the contract that find it, perhaps with others. */
enum StoreFault {

    NONE(Store::new),

    TRIMS_POSITIONS(storage -> new Store(storage) {
        @Override
        Position kept(Position position) {
            return position.isText() ? Position.after(position.replayId().strip()) : position;
        }
    }, "theLastSavedPositionIsLoaded", "positionsOutliveTheStore"),

    TRIMS_CHANNELS(storage -> new Store(storage) {
        @Override
        String key(String channel) {
            return channel.strip();
        }
    }, "channelsAreIndependent"),

    /** As a database does that compares texts without their case. */
    IGNORES_CASE(storage -> new Store(storage) {
        @Override
        String key(String channel) {
            return channel.toLowerCase(Locale.ROOT);
        }
    }, "channelsAreIndependent"),

    KEEPS_THE_GREATEST(storage -> new Store(storage) {
        @Override
        public void save(String channel, Position position) {
            Optional<Position> before = load(channel);
            if (before.isEmpty() || before.get().replayId().compareTo(position.replayId()) < 0) {
                super.save(channel, position);
            }
        }
    }, "theLastSavedPositionIsLoaded"),

    /** As one with a row for each position, of which it deletes the last one. */
    REMOVES_THE_LAST_ONE_ONLY(storage -> new Store(storage) {
        @Override
        public void save(String channel, Position position) {
            load(channel).ifPresent(before -> super.save(channel + "\n", before));
            super.save(channel, position);
        }

        @Override
        public void remove(String channel) {
            Optional<Position> before = load(channel + "\n");
            super.remove(channel);
            before.ifPresent(older -> super.save(channel, older));
        }
    }, "afterRemovingThereIsNoOlderPosition"),

    /** As one that deletes a row and inserts another. */
    HAS_NONE_MEANWHILE(storage -> new Store(storage) {
        @Override
        public void save(String channel, Position position) {
            super.remove(channel);
            // Long enough for a reader.
            LockSupport.parkNanos(1_000_000);
            super.save(channel, position);
        }
    }, "aReaderNeverStepsBack"),

    WRITES_WHEN_IT_IS_CLOSED(storage -> new Store(storage) {

        private final Map<String, Position> unwritten = new ConcurrentHashMap<>();

        @Override
        public Optional<Position> load(String channel) {
            Position known = unwritten.get(channel);
            return known == null ? super.load(channel) : Optional.of(known);
        }

        @Override
        public void save(String channel, Position position) {
            unwritten.put(channel, position);
        }

        @Override
        public void close() {
            unwritten.forEach(super::save);
        }
    }, "positionsNeedNoClose", "aPositionThatIsSavedAfterCloseIsNotLostInSilence"),

    WRITES_THE_FIRST_ONE_ONLY(storage -> new Store(storage) {

        private final Map<String, Position> known = new ConcurrentHashMap<>();

        @Override
        public Optional<Position> load(String channel) {
            Position last = known.get(channel);
            return last == null ? super.load(channel) : Optional.of(last);
        }

        @Override
        public void save(String channel, Position position) {
            if (known.put(channel, position) == null) {
                super.save(channel, position);
            }
        }
    }, "positionsOutliveTheStore", "positionsNeedNoClose"),

    /** As one that catches SQLException and logs it. */
    SWALLOWS_FAILURES(storage -> new Store(storage) {

        @Override
        public Optional<Position> load(String channel) {
            try {
                return super.load(channel);
            } catch (IllegalStateException failed) {
                return Optional.empty();
            }
        }

        @Override
        public void save(String channel, Position position) {
            try {
                super.save(channel, position);
            } catch (IllegalStateException failed) {
                // Logged.
            }
        }

        @Override
        public void remove(String channel) {
            try {
                super.remove(channel);
            } catch (IllegalStateException failed) {
                // Logged.
            }
        }
    }, "failuresOfTheStorageAreThrown", "aPositionThatIsNotSavedIsAFailure");

    private final Function<Storage, Store> stores;
    private final Set<String> broken;

    StoreFault(Function<Storage, Store> stores, String... broken) {
        this.stores = stores;
        this.broken = Set.of(broken);
    }

    PositionStore open(Storage storage) {
        return stores.apply(storage);
    }

    Set<String> broken() {
        return broken;
    }

    /** What outlives a store: a table whose column has a width. */
    static final class Storage {

        private static final int WIDTH = 2_000;

        private final Map<String, Position> rows = new ConcurrentHashMap<>();
        private volatile boolean failing;

        void fail() {
            failing = true;
        }

        Map<String, Position> rows(String channel) {
            if (failing || channel.length() > WIDTH) {
                throw new IllegalStateException(failing ? "no table" : "too long");
            }
            return rows;
        }
    }

    /** Does all as it should be done. */
    static class Store implements PositionStore {

        private final Storage storage;

        Store(Storage storage) {
            this.storage = storage;
        }

        String key(String channel) {
            return channel;
        }

        Position kept(Position position) {
            return position;
        }

        @Override
        public Optional<Position> load(String channel) {
            return Optional.ofNullable(storage.rows(channel).get(key(channel)));
        }

        @Override
        public void save(String channel, Position position) {
            storage.rows(channel).put(key(channel), kept(position));
        }

        @Override
        public void remove(String channel) {
            storage.rows(channel).remove(key(channel));
        }

        @Override
        public void close() {
            // The storage stays.
        }
    }
}
