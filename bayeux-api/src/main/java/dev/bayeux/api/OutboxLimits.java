package dev.bayeux.api;

import java.time.Duration;
import java.util.Objects;

/**
 * What an {@link Outbox} may keep, and how hard it tries.
 *
 * @param maxMessages the most messages that are not settled, more than zero; default 10,000
 * @param maxAttempts how often a message is sent at most, more than zero; default {@link Integer#MAX_VALUE}. A wait for a
 *            session, or for its turn, is no attempt, nor is one that for sure has not left
 * @param deadline how long after it was put in a message is given up, also if it is on its way, more than zero and at
 *            most a year; default 5 minutes
 */
public record OutboxLimits(int maxMessages, int maxAttempts, Duration deadline) {

    /** The defaults. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(10_000, Integer.MAX_VALUE, Duration.ofMinutes(5));

    /** Refuses what is not more than zero, and a deadline beyond a year. */
    public OutboxLimits {
        Objects.requireNonNull(deadline, "deadline");
        if (maxMessages <= 0 || maxAttempts <= 0) {
            throw new IllegalArgumentException("maxMessages and maxAttempts must be more than zero: %d, %d"
                    .formatted(maxMessages, maxAttempts));
        }
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "The deadline must be more than zero and at most a year: %s".formatted(deadline));
        }
    }

    /**
     * The same with another limit.
     *
     * @param messages the most messages that are not settled
     * @return limits
     */
    public OutboxLimits withMaxMessages(int messages) {
        return new OutboxLimits(messages, maxAttempts, deadline);
    }

    /**
     * The same with another limit.
     *
     * @param attempts how often a message is sent at most
     * @return limits
     */
    public OutboxLimits withMaxAttempts(int attempts) {
        return new OutboxLimits(maxMessages, attempts, deadline);
    }

    /**
     * The same with another limit.
     *
     * @param limit after which a message is given up
     * @return limits
     */
    public OutboxLimits withDeadline(Duration limit) {
        return new OutboxLimits(maxMessages, maxAttempts, limit);
    }
}
