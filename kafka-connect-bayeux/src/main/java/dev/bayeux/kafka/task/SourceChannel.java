package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.SourceOffsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel or pattern of a task: a source partition, and the source offset of its last record. */
final class SourceChannel {

    private final String name;
    private final Map<String, String> partition;
    private final SeenIds seen = new SeenIds();
    private @Nullable Map<String, Object> offset;

    SourceChannel(String server, String name) {
        this.name = name;
        this.partition = SourceOffsets.partition(server, name);
    }

    /** Returns the channel or pattern as configured. */
    String name() {
        return name;
    }

    Map<String, String> partition() {
        return partition;
    }

    /** Returns the offset after the last message, {@code null} before the first. */
    @Nullable
    Map<String, Object> offset() {
        return offset;
    }

    /** Advances the offset to a message if that is new; returns whether it is. For the thread of the task. */
    boolean advance(Position position) {
        if (!seen.add(position)) {
            return false;
        }
        offset = ReplayIds.offset(position);
        return true;
    }

    /** Forgets the replay ids of earlier messages, because the server has refused the position. */
    void forgetSeen() {
        seen.forget();
    }
}
