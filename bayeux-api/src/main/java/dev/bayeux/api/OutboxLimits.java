package dev.bayeux.api;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits how many messages an {@link Outbox} keeps, and how often and how long it retries them. Immutable.
 *
 * @param maxMessages the most messages that are not settled, more than zero; default 10,000
 * @param maxAttempts how often a message is sent at most, more than zero; default {@link Integer#MAX_VALUE}. Waiting
 *            for a session, or for other messages, is not an attempt, and neither is one that certainly has not left
 * @param deadline how long after it was added the outbox gives a message up, even in flight; more than zero and at most
 *            a year; default 5 minutes
 */
public record OutboxLimits(int maxMessages, int maxAttempts, Duration deadline) {

    /** The defaults. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(10_000, Integer.MAX_VALUE, Duration.ofMinutes(5));

    /**
     * Rejects values that are not more than zero, and a deadline of more than a year.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
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
     * Returns a copy with another number of messages.
     *
     * @param messages the most messages that are not settled
     * @return limits
     */
    public OutboxLimits withMaxMessages(int messages) {
        return new OutboxLimits(messages, maxAttempts, deadline);
    }

    /**
     * Returns a copy with another number of attempts.
     *
     * @param attempts how often a message is sent at most
     * @return limits
     */
    public OutboxLimits withMaxAttempts(int attempts) {
        return new OutboxLimits(maxMessages, attempts, deadline);
    }

    /**
     * Returns a copy with another deadline.
     *
     * @param limit after which time the outbox gives a message up
     * @return limits
     */
    public OutboxLimits withDeadline(Duration limit) {
        return new OutboxLimits(maxMessages, maxAttempts, limit);
    }
}
