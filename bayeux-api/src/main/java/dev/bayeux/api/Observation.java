package dev.bayeux.api;

import org.jspecify.annotations.Nullable;

/**
 * Who sees inside a client, and what it keeps for the day when something goes wrong. Beside this there are events for Java
 * Flight Recorder, which need no setting, and the wire log: the logger {@code dev.bayeux.wire}, level debug, on which all
 * that is sent and received stands without its secrets. Headers and cookies are never shown.
 *
 * <p><b>The last texts.</b> A client remembers the last texts that it has sent and received. If it stops for good, by a
 * failure and not since the program wants it, it writes them, oldest first and without their secrets, to the logger
 * {@code dev.bayeux.client}, level warning, with the reason. A text that does not fit into the limit is remembered by its
 * length. What is taken for a secret: client ids, whatever has a name such as token or password, and in handshakes all
 * texts and numbers but those of the protocol.
 *
 * @param metrics is told what can be counted and timed, {@code null} for nobody
 * @param lastTexts how many texts are remembered, not negative; default 16; 0 turns it off
 * @param lastCharacters how many characters all of them may have together, not negative; default 16,384
 */
public record Observation(@Nullable ClientMetrics metrics, int lastTexts, int lastCharacters) {

    /** The defaults: no metrics, the last 16 texts of together 16,384 characters at most. */
    public static final Observation DEFAULT = new Observation(null, 16, 16_384);

    /** Refuses what is negative. */
    public Observation {
        if (lastTexts < 0 || lastCharacters < 0) {
            throw new IllegalArgumentException(
                    "The limits of what is remembered must not be negative: %d texts, %d characters.".formatted(
                            lastTexts,
                            lastCharacters));
        }
    }

    /**
     * The same with metrics.
     *
     * @param newMetrics told from the beginning; replaces those before
     * @return an observation
     */
    public Observation withMetrics(ClientMetrics newMetrics) {
        return new Observation(newMetrics, lastTexts, lastCharacters);
    }

    /**
     * The same with other limits of what is remembered.
     *
     * @param texts how many, 0 for none
     * @param characters how many characters together
     * @return an observation
     */
    public Observation withLast(int texts, int characters) {
        return new Observation(metrics, texts, characters);
    }
}
