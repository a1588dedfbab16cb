package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.SourceOffsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A channel or pattern of a task: a source partition, and how far its records have come. */
final class SourceChannel {

    private final String name;
    private final Map<String, String> partition;
    private final SeenIds seen = new SeenIds();
    private @Nullable Map<String, Object> offset;

    SourceChannel(String server, String name) {
        this.name = name;
        this.partition = SourceOffsets.partition(server, name);
    }

    /** As it was configured. */
    String name() {
        return name;
    }

    Map<String, String> partition() {
        return partition;
    }

    /** The offset after the last message, {@code null} before the first. */
    @Nullable
    Map<String, Object> offset() {
        return offset;
    }

    /** Goes on after a message; returns whether that message is new. For the thread that polls. */
    boolean advance(Position position) {
        if (!seen.add(position)) {
            return false;
        }
        offset = ReplayIds.offset(position);
        return true;
    }

    /** The server has refused the position. */
    void forgetSeen() {
        seen.forget();
    }
}
