package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Supplies the client with the source offsets of Kafka Connect when a task starts. Keeps later positions in memory
 * only, because Kafka Connect stores the offsets together with the records.
 */
final class StartPositions implements PositionStore {

    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    /** Sets the position where a channel begins. */
    void begin(String channel, Position position) {
        positions.put(key(channel), position);
    }

    /** Returns the name by which the client loads and saves the position of a channel: without the query string. */
    static String key(String channel) {
        int query = channel.indexOf('?');
        return query < 0 ? channel : channel.substring(0, query);
    }

    @Override
    public Optional<Position> load(String channel) {
        return Optional.ofNullable(positions.get(channel));
    }

    @Override
    public void save(String channel, Position position) {
        positions.put(channel, position);
    }

    @Override
    public void remove(String channel) {
        positions.remove(channel);
    }

    @Override
    public void close() {
        // There are no resources but memory.
    }
}
