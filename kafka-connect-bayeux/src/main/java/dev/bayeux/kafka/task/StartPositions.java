package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the client where Kafka Connect's source offsets are when a task starts. Kafka Connect stores how far the task has
 * come, with the records; here it is only kept for as long as the client lives.
 */
final class StartPositions implements PositionStore {

    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    /** Begins after a message, in place of an earlier start. */
    void begin(String channel, Position position) {
        positions.put(key(channel), position);
    }

    /** Channels of this client are known without their query string. */
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
        // Holds nothing but memory.
    }
}
