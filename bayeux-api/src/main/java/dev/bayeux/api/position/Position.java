package dev.bayeux.api.position;

/**
 * A place in a channel's stream of messages, as servers with the replay extension understand it: behind a message, at
 * the tip, or before the earliest message that is kept (PROTOCOL 6.4). The numbers of messages are opaque: they are
 * neither contiguous nor comparable, and this library never computes with them.
 *
 * @param replayId the number of the last message before this place; -1 is the tip, -2 the earliest
 */
public record Position(long replayId) {

    /** Before the earliest message that the server still keeps: all of them come, and then new ones. */
    public static final Position EARLIEST = new Position(-2);

    /** At the tip: only messages that are published from now on. */
    public static final Position TIP = new Position(-1);

    /** Refuses numbers that no server gives. */
    public Position {
        if (replayId < -2) {
            throw new IllegalArgumentException(
                    "A position is the replay id of a message, -1 (the tip) or -2 (the earliest), not " + replayId);
        }
    }

    /**
     * The place behind a message.
     *
     * @param replayId the number that the server gave to the message, not negative
     * @return a position
     */
    public static Position after(long replayId) {
        if (replayId < 0) {
            throw new IllegalArgumentException("The replay id of a message is not negative: " + replayId);
        }
        return new Position(replayId);
    }

    /**
     * {@return whether this is the place behind a message: neither the tip nor the earliest}
     */
    public boolean isAfterMessage() {
        return replayId >= 0;
    }

    @Override
    public String toString() {
        return isAfterMessage() ? "after " + replayId : equals(TIP) ? "tip" : "earliest";
    }
}
