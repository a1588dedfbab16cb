package dev.bayeux.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Sets how long a client waits between failed attempts, and when it stops retrying (protocol.md C-14, C-102, C-104).
 * The wait is {@code increment} after the first failure in a row and doubles with every second failure: 1 s, 1.4 s, 2
 * s, 2.8 s, 4 s and so on, at most {@code maximum}. A random part is added. The client also respects the server's
 * {@code interval} and {@code Retry-After}. After an outage clients reconnect within about half the time that the
 * server was down, or less. Immutable; each {@code with} method returns a copy.
 */
public final class Backoff {

    /** The longest wait, far below the range of nanoseconds in a {@code long}. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Twice makes a doubling. */
    private static final double HALF_DOUBLED = Math.sqrt(2);

    /** The defaults: from 1 s to 30 s, a fifth at random, without an end. */
    public static final Backoff DEFAULT = new Backoff(
            new Values(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2, null, null));

    private record Values(Duration increment, Duration maximum, double jitter, @Nullable Integer maxAttempts,
            @Nullable Duration maxTime) {

        Values {
            if (increment.isNegative() || increment.isZero()) {
                throw new IllegalArgumentException("The backoff's increment must be more than zero: " + increment);
            }
            if (maximum.compareTo(increment) < 0 || maximum.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "The backoff's maximum must be at least the increment (%s) and at most a year: %s"
                                .formatted(increment, maximum));
            }
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new IllegalArgumentException("The backoff's jitter must be from 0 to 1: " + jitter);
            }
            if (maxAttempts != null && maxAttempts <= 0) {
                throw new IllegalArgumentException(
                        "The backoff's maxAttempts must be more than zero: %d. withoutMaxAttempts() removes the limit."
                                .formatted(maxAttempts));
            }
            if (maxTime != null
                    && (maxTime.isNegative() || maxTime.isZero() || maxTime.compareTo(LONGEST) > 0)) {
                throw new IllegalArgumentException(
                        "The backoff's maxTime must be more than zero and at most a year: %s. withoutMaxTime() removes the limit."
                                .formatted(maxTime));
            }
        }
    }

    private final Values values;

    private Backoff(Values values) {
        this.values = values;
    }

    /**
     * Returns the defaults with other waits.
     *
     * @param increment the first wait, more than zero
     * @param maximum the longest wait before the random part, at least {@code increment} and at most a year
     * @return a backoff
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Backoff of(Duration increment, Duration maximum) {
        return new Backoff(new Values(increment, maximum, DEFAULT.values.jitter, null, null));
    }

    /**
     * Returns a copy with a limit for attempts.
     *
     * @param attempts after how many failures in a row the client stops, more than zero
     * @return a backoff
     * @throws IllegalArgumentException if the number is not more than zero
     */
    public Backoff withMaxAttempts(int attempts) {
        return new Backoff(new Values(values.increment, values.maximum, values.jitter, attempts, values.maxTime));
    }

    /** {@return a copy that does not limit the number of attempts} */
    public Backoff withoutMaxAttempts() {
        return new Backoff(new Values(values.increment, values.maximum, values.jitter, null, values.maxTime));
    }

    /**
     * Returns a copy with a limit of time.
     *
     * @param time how long a row of failures may last before the client stops, more than zero and at most a year
     * @return a backoff
     * @throws IllegalArgumentException if the time is out of range
     */
    public Backoff withMaxTime(Duration time) {
        return new Backoff(new Values(values.increment, values.maximum, values.jitter, values.maxAttempts,
                Objects.requireNonNull(time, "time")));
    }

    /** {@return a copy that does not limit the time} */
    public Backoff withoutMaxTime() {
        return new Backoff(new Values(values.increment, values.maximum, values.jitter, values.maxAttempts, null));
    }

    /**
     * Returns a copy with another random part.
     *
     * @param jitter the largest random part, from 0 to 1
     * @return a backoff
     * @throws IllegalArgumentException if the part is out of range
     */
    public Backoff withJitter(double jitter) {
        return new Backoff(
                new Values(values.increment, values.maximum, jitter, values.maxAttempts, values.maxTime));
    }

    /** {@return the first wait; default 1 s} */
    public Duration increment() {
        return values.increment;
    }

    /** {@return the longest wait before the random part; default 30 s} */
    public Duration maximum() {
        return values.maximum;
    }

    /** {@return the largest random part, from 0 to 1; default 0.2, a fifth} */
    public double jitter() {
        return values.jitter;
    }

    /** {@return after how many failures in a row the client stops; empty, the default, for never} */
    public OptionalInt maxAttempts() {
        return values.maxAttempts == null ? OptionalInt.empty() : OptionalInt.of(values.maxAttempts);
    }

    /** {@return how long a row of failures may last before the client stops; empty, the default, for ever} */
    public Optional<Duration> maxTime() {
        return Optional.ofNullable(values.maxTime);
    }

    /**
     * Computes the wait before the next attempt.
     *
     * @param failures how many attempts have failed in a row, at least 1
     * @param random from 0 (inclusive) to 1 (exclusive)
     * @return how long to wait before the next attempt
     */
    public Duration delay(int failures, double random) {
        Duration delay = values.increment;
        int doublings = Math.max(0, failures - 1) / 2;
        for (int n = 0; n < doublings && delay.compareTo(values.maximum) < 0; n++) {
            delay = delay.multipliedBy(2);
        }
        if (failures > 1 && failures % 2 == 0) {
            delay = Duration.ofNanos((long) (delay.toNanos() * HALF_DOUBLED));
        }
        delay = delay.compareTo(values.maximum) < 0 ? delay : values.maximum;
        return delay.plusNanos((long) (delay.toNanos() * values.jitter * random));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Backoff backoff && backoff.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Backoff[increment=%s, maximum=%s, jitter=%s, maxAttempts=%s, maxTime=%s]".formatted(values.increment,
                values.maximum, values.jitter, values.maxAttempts == null ? "none" : values.maxAttempts,
                values.maxTime == null ? "none" : values.maxTime);
    }
}
