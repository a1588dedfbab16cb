package dev.bayeux.api.position;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Positions that end with the program. */
final class MemoryPositions implements PositionStore {

    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    @Override
    public Optional<Position> load(String channel) {
        return Optional.ofNullable(positions.get(channel));
    }

    @Override
    public void save(String channel, Position position) {
        positions.put(channel, Objects.requireNonNull(position, "position"));
    }

    @Override
    public void remove(String channel) {
        positions.remove(channel);
    }

    @Override
    public void close() {
        // There is nothing to free, and the next client may continue with these positions.
    }

    @Override
    public String toString() {
        return "PositionStore[in memory, %d channels]".formatted(positions.size());
    }
}
