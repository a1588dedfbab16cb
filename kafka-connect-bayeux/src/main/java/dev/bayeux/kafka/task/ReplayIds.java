package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.SourceOffsets;
import java.util.Map;

/** Converts between positions of the client and source offsets of Kafka Connect. */
final class ReplayIds {

    private ReplayIds() {
    }

    /** Returns the source offset after a message. */
    static Map<String, Object> offset(Position position) {
        if (position.isText()) {
            return SourceOffsets.text(position.replayId());
        }
        try {
            return SourceOffsets.number(Long.parseLong(position.replayId()));
        } catch (NumberFormatException large) {
            return SourceOffsets.largeNumber(position.replayId());
        }
    }

    /**
     * Returns the position of a source offset.
     *
     * @throws IllegalArgumentException if the offset has no valid replay id
     */
    static Position position(Map<String, ?> offset) {
        String id = SourceOffsets.replayId(offset);
        return new Position(id, !SourceOffsets.isNumber(offset));
    }
}
