package dev.bayeux.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many messages an {@link Outbox} keeps, and how often and how long it retries them. Immutable; each
 * {@code with} method returns a copy.
 */
public final class OutboxLimits {

    /** The defaults: 10,000 messages, any number of attempts within 5 minutes. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(new Values(10_000, null, Duration.ofMinutes(5)));

    private record Values(int maxMessages, @Nullable Integer maxAttempts, @Nullable Duration deadline) {

        Values {
            if (maxMessages <= 0 || maxAttempts != null && maxAttempts <= 0) {
                throw new IllegalArgumentException(
                        "An outbox's maxMessages and maxAttempts must be more than zero: %d, %s".formatted(maxMessages,
                                maxAttempts));
            }
            if (deadline != null && (deadline.isNegative() || deadline.isZero()
                    || deadline.compareTo(Duration.ofDays(365)) > 0)) {
                throw new IllegalArgumentException(
                        "An outbox's deadline must be more than zero and at most a year: %s".formatted(deadline));
            }
        }
    }

    private final Values values;

    private OutboxLimits(Values values) {
        this.values = values;
    }

    /**
     * Returns a copy with another number of messages.
     *
     * @param messages the most messages that are not settled, more than zero
     * @return limits
     * @throws IllegalArgumentException if the number is not more than zero
     */
    public OutboxLimits withMaxMessages(int messages) {
        return new OutboxLimits(new Values(messages, values.maxAttempts, values.deadline));
    }

    /**
     * Returns a copy with another number of attempts.
     *
     * @param attempts how often a message is sent at most, more than zero; 1 is "at most once"
     * @return limits
     * @throws IllegalArgumentException if the number is not more than zero
     */
    public OutboxLimits withMaxAttempts(int attempts) {
        return new OutboxLimits(new Values(values.maxMessages, attempts, values.deadline));
    }

    /** {@return a copy that does not limit the number of attempts} */
    public OutboxLimits withoutMaxAttempts() {
        return new OutboxLimits(new Values(values.maxMessages, null, values.deadline));
    }

    /**
     * Returns a copy with another deadline.
     *
     * @param limit after which time the outbox gives a message up, more than zero and at most a year
     * @return limits
     * @throws IllegalArgumentException if the limit is out of range
     */
    public OutboxLimits withDeadline(Duration limit) {
        return new OutboxLimits(
                new Values(values.maxMessages, values.maxAttempts, Objects.requireNonNull(limit, "limit")));
    }

    /** {@return a copy that keeps messages until they are settled or the client is closed} */
    public OutboxLimits withoutDeadline() {
        return new OutboxLimits(new Values(values.maxMessages, values.maxAttempts, null));
    }

    /** {@return the most messages that are not settled; default 10,000} */
    public int maxMessages() {
        return values.maxMessages;
    }

    /**
     * {@return how often a message is sent at most, empty for no limit, which is the default} Waiting for a session, or
     * for other messages, is not an attempt, and neither is one that certainly has not left.
     */
    public OptionalInt maxAttempts() {
        return values.maxAttempts == null ? OptionalInt.empty() : OptionalInt.of(values.maxAttempts);
    }

    /**
     * {@return how long after it was added the outbox gives a message up, even in flight; empty for never; default 5
     * minutes} The outbox checks a message that is not in flight once the batch in flight has its replies or has reached
     * its timeout.
     */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(values.deadline);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutboxLimits limits && limits.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "OutboxLimits[maxMessages=%d, maxAttempts=%s, deadline=%s]".formatted(values.maxMessages,
                values.maxAttempts == null ? "none" : values.maxAttempts,
                values.deadline == null ? "none" : values.deadline);
    }
}
