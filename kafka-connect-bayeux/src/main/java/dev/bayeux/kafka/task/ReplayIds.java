package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.SourceOffsets;
import java.util.Map;

/** Positions of the client and source offsets of Kafka Connect. The only place that knows how the two are written. */
final class ReplayIds {

    private ReplayIds() {
    }

    /** The source offset after a message. */
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
     * The position of a source offset.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static Position position(Map<String, ?> offset) {
        String id = SourceOffsets.replayId(offset);
        return new Position(id, !SourceOffsets.isNumber(offset));
    }
}
