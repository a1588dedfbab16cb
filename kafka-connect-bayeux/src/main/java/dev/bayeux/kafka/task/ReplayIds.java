package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;

/** Positions of the client and replay ids in source offsets. The only place that knows how the two are written. */
final class ReplayIds {

    private ReplayIds() {
    }

    /** A {@code Long} or a text. */
    static Object of(Position position) {
        return position.replayId();
    }

    /**
     * The position after a message.
     *
     * @throws IllegalArgumentException if the id cannot be one
     */
    static Position position(Object replayId) {
        if (replayId instanceof Long number) {
            return Position.after(number);
        }
        throw new IllegalArgumentException("The replay id %s of the source offset is no number.".formatted(replayId));
    }
}
