package dev.bayeux.api;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets the metrics of a client, how many texts it remembers for the log, and whether it logs. Immutable. Two ways to
 * observe a client need no setting: events for Java Flight Recorder, and the logger {@code dev.bayeux.wire}, which
 * shows at level debug all sent and received texts, redacted. Headers and cookies are never shown.
 *
 * <p><b>The last texts.</b> A client remembers the last texts that it has sent and received. When a failure stops it
 * for good, it writes them to the logger {@code dev.bayeux.client}, level warning, oldest first and redacted, with the
 * reason. A text that does not fit into the limit is remembered by its length. Secrets are client ids, fields with a
 * name such as token or password, and in handshakes all texts and numbers except those of the protocol.
 *
 * <p><b>The log of events.</b> The client writes events ({@link BayeuxClient#listen}) also to the logger
 * {@code dev.bayeux.client}, whether or not there are listeners. Failures, lost messages and pauses have level warning,
 * new sessions and servers info, states debug. {@link #withoutLogging()} turns this off, and the last texts with it.
 */
public final class Observation {

    /** The defaults: no metrics, the last 16 texts of together 16,384 characters at most, events are logged. */
    public static final Observation DEFAULT = new Observation(new Values(null, 16, 16_384, true));

    private record Values(@Nullable ClientMetrics metrics, int lastTexts, int lastCharacters, boolean logging) {

        Values {
            if (lastTexts < 0 || lastCharacters < 0) {
                throw new IllegalArgumentException(
                        "The limits of what is remembered must not be negative: %d texts, %d characters.".formatted(
                                lastTexts, lastCharacters));
            }
        }
    }

    private final Values values;

    private Observation(Values values) {
        this.values = values;
    }

    /**
     * Returns a copy with other metrics.
     *
     * @param newMetrics receives counts and times from the start of the client; replaces earlier metrics
     * @return an observation
     */
    public Observation withMetrics(ClientMetrics newMetrics) {
        return new Observation(new Values(Objects.requireNonNull(newMetrics, "newMetrics"), values.lastTexts,
                values.lastCharacters, values.logging));
    }

    /** {@return a copy without metrics} */
    public Observation withoutMetrics() {
        return new Observation(new Values(null, values.lastTexts, values.lastCharacters, values.logging));
    }

    /**
     * Returns a copy with other limits for the last texts.
     *
     * @param texts how many texts, not negative, 0 for none
     * @param characters how many characters together, not negative
     * @return an observation
     * @throws IllegalArgumentException if a limit is negative
     */
    public Observation withLast(int texts, int characters) {
        return new Observation(new Values(values.metrics, texts, characters, values.logging));
    }

    /**
     * Returns a copy without a log: the client writes neither events nor the last texts to {@code dev.bayeux.client}.
     * For programs whose listeners write their own log.
     *
     * @return an observation
     */
    public Observation withoutLogging() {
        return new Observation(new Values(values.metrics, values.lastTexts, values.lastCharacters, false));
    }

    /** {@return what receives counts and times, if anything does} */
    public Optional<ClientMetrics> metrics() {
        return Optional.ofNullable(values.metrics);
    }

    /** {@return how many texts the client remembers; default 16; 0 for none} */
    public int lastTexts() {
        return values.lastTexts;
    }

    /** {@return how many characters all of them may have together; default 16,384} */
    public int lastCharacters() {
        return values.lastCharacters;
    }

    /** {@return whether events and the last texts are logged; default true} */
    public boolean logging() {
        return values.logging;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Observation observation && observation.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Observation[metrics=%s, lastTexts=%d, lastCharacters=%d, logging=%s]".formatted(
                values.metrics == null ? "none" : values.metrics, values.lastTexts, values.lastCharacters,
                values.logging);
    }
}
