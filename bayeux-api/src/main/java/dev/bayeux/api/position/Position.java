package dev.bayeux.api.position;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Identifies a place in a channel's stream of messages, for servers with the replay extension: after a message, at the
 * tip, or before the earliest message that is kept (protocol.md 6.4). The replay ids of messages are opaque. A server
 * may use numbers of any size or text. They are neither contiguous nor comparable, and this library only compares them
 * for equality. A subscribe request carries an id in the form in which it came: {@code 7} as a number, {@code "7"} as
 * text. Immutable.
 *
 * @param replayId the replay id of the last message before this place: as a number its decimal digits, {@code -1} for
 *            the tip and {@code -2} for the earliest; as text exactly what the server sent
 * @param isText whether the id is text, a JSON string, and not a number
 */
public record Position(String replayId, boolean isText) implements Serializable {

    /** Stands first, since the constants below are checked by it. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*|-1|-2");

    /**
     * Before the earliest message that the server still keeps: the subscription receives all of them, and then new
     * ones.
     */
    public static final Position EARLIEST = new Position("-2", false);

    /** At the tip: the subscription receives only messages that are published from now on. */
    public static final Position TIP = new Position("-1", false);

    /** The most characters of a replay id: {@value}. */
    public static final int MAX_CHARACTERS = 1_024;

    /**
     * Rejects what cannot be a position.
     *
     * @throws IllegalArgumentException if the id is empty, longer than {@value #MAX_CHARACTERS} characters, a negative
     *             number other than the tip and the earliest, or the text of one of these two
     */
    public Position {
        Objects.requireNonNull(replayId, "replayId");
        if (replayId.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "A replay id has at most %d characters, not %d.".formatted(MAX_CHARACTERS,
                            replayId.length()));
        }
        if (isText ? replayId.isBlank() : !NUMBER.matcher(replayId).matches()) {
            throw new IllegalArgumentException(isText
                    ? "A replay id must not be empty."
                    : "A position is the replay id of a message, -1 (the tip) or -2 (the earliest), not " + replayId);
        }
        if (isText && (replayId.strip().equals("-1") || replayId.strip().equals("-2"))) {
            throw new IllegalArgumentException(
                    "The text \"%s\" is not the replay id of a message: servers read it as the tip or the earliest."
                            .formatted(replayId));
        }
    }

    /**
     * Makes the position after a message whose replay id is a number.
     *
     * @param replayId the number that the server gave to the message, not negative
     * @return a position
     * @throws IllegalArgumentException if it is negative
     */
    public static Position after(long replayId) {
        if (replayId < 0) {
            throw new IllegalArgumentException("The replay id of a message is not negative: " + replayId);
        }
        return new Position(Long.toString(replayId), false);
    }

    /**
     * Makes the position after a message whose replay id is text.
     *
     * @param replayId the text that the server gave to the message
     * @return a position
     * @throws IllegalArgumentException if it is blank, longer than {@value #MAX_CHARACTERS} characters, or {@code -1}
     *             or {@code -2}
     */
    public static Position after(String replayId) {
        return new Position(replayId, true);
    }

    /** {@return whether this is the position after a message: neither the tip nor the earliest} */
    public boolean isAfterMessage() {
        return !equals(TIP) && !equals(EARLIEST);
    }

    @Override
    public String toString() {
        String id = isText ? '"' + replayId + '"' : replayId;
        return isAfterMessage() ? "after " + id : equals(TIP) ? "tip" : "earliest";
    }
}
