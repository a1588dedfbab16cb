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
 * <p><b>The log of events.</b> What a listener receives ({@link BayeuxClient#listen}) is also written to the logger
 * {@code dev.bayeux.client}, whether there are listeners or not: failures, lost messages and pauses with level warning, new
 * sessions and servers with info, states with debug. {@link #withoutLogging()} turns that off, and the last texts with it.
 *
 * @param metrics is told what can be counted and timed, {@code null} for nobody
 * @param lastTexts how many texts are remembered, not negative; default 16; 0 turns it off
 * @param lastCharacters how many characters all of them may have together, not negative; default 16,384
 * @param logging whether events and the last texts are logged; default true
 */
public record Observation(@Nullable ClientMetrics metrics, int lastTexts, int lastCharacters, boolean logging) {

    /** The defaults: no metrics, the last 16 texts of together 16,384 characters at most, events are logged. */
    public static final Observation DEFAULT = new Observation(null, 16, 16_384, true);

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
        return new Observation(newMetrics, lastTexts, lastCharacters, logging);
    }

    /**
     * The same with other limits of what is remembered.
     *
     * @param texts how many, 0 for none
     * @param characters how many characters together
     * @return an observation
     */
    public Observation withLast(int texts, int characters) {
        return new Observation(metrics, texts, characters, logging);
    }

    /**
     * The same without a log: neither events nor the last texts are written to {@code dev.bayeux.client}, for programs
     * whose listeners write a log of their own.
     *
     * @return an observation
     */
    public Observation withoutLogging() {
        return new Observation(metrics, lastTexts, lastCharacters, false);
    }
}
