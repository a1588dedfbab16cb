package dev.bayeux.api;

import java.time.Duration;

/**
 * Sets how long a client waits between failed attempts, and when it stops retrying (protocol.md C-14, C-102, C-104).
 * The wait is {@code increment} after the first failure in a row and doubles with every second failure: 1 s, 1.4 s, 2
 * s, 2.8 s, 4 s and so on, at most {@code maximum}. A random part is added. The client also respects the server's
 * {@code interval} and {@code Retry-After}. After an outage clients reconnect within about half the time that the
 * server was down, or less. Immutable.
 *
 * @param increment the first wait, more than zero; default 1 s
 * @param maximum the longest wait before the random part, at least {@code increment}; default 30 s
 * @param jitter the largest random part, from 0 to 1; default 0.2, a fifth
 * @param maxAttempts after how many failures in a row the client stops; 0, the default, for never
 * @param maxTime how long a row of failures may last before the client stops, at most a year; zero, the default, for
 *            ever
 */
public record Backoff(Duration increment, Duration maximum, double jitter, int maxAttempts, Duration maxTime) {

    /** What nanoseconds can count without care. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Twice makes a doubling. */
    private static final double HALF_DOUBLED = Math.sqrt(2);

    /** The defaults. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2, 0,
            Duration.ZERO);

    /**
     * Rejects values that are out of range.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Backoff {
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
        if (maxAttempts < 0 || maxTime.isNegative() || maxTime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The backoff's limits must not be negative, nor longer than a year: %d attempts, %s"
                            .formatted(maxAttempts, maxTime));
        }
    }

    /**
     * Returns the defaults with other waits.
     *
     * @param increment the first wait, more than zero
     * @param maximum the longest wait, at least {@code increment}
     * @return a backoff
     */
    public static Backoff of(Duration increment, Duration maximum) {
        return new Backoff(increment, maximum, DEFAULT.jitter, DEFAULT.maxAttempts, DEFAULT.maxTime);
    }

    /**
     * Returns a copy with another number of attempts.
     *
     * @param maxAttempts after how many failures in a row the client stops; 0 for never
     * @return a backoff
     */
    public Backoff withMaxAttempts(int maxAttempts) {
        return new Backoff(increment, maximum, jitter, maxAttempts, maxTime);
    }

    /**
     * Returns a copy with another limit of time.
     *
     * @param maxTime how long a row of failures may last before the client stops, at most a year; zero for ever
     * @return a backoff
     */
    public Backoff withMaxTime(Duration maxTime) {
        return new Backoff(increment, maximum, jitter, maxAttempts, maxTime);
    }

    /**
     * Returns a copy with another random part.
     *
     * @param jitter the largest random part, from 0 to 1
     * @return a backoff
     */
    public Backoff withJitter(double jitter) {
        return new Backoff(increment, maximum, jitter, maxAttempts, maxTime);
    }

    /**
     * Computes the wait before the next attempt.
     *
     * @param failures how many attempts have failed in a row, at least 1
     * @param random from 0 (inclusive) to 1 (exclusive)
     * @return how long to wait before the next attempt
     */
    public Duration delay(int failures, double random) {
        Duration delay = increment;
        int doublings = Math.max(0, failures - 1) / 2;
        for (int n = 0; n < doublings && delay.compareTo(maximum) < 0; n++) {
            delay = delay.multipliedBy(2);
        }
        if (failures > 1 && failures % 2 == 0) {
            delay = Duration.ofNanos((long) (delay.toNanos() * HALF_DOUBLED));
        }
        delay = delay.compareTo(maximum) < 0 ? delay : maximum;
        return delay.plusNanos((long) (delay.toNanos() * jitter * random));
    }
}
