package dev.bayeux.core.delivery;

import java.time.Duration;

/** Times on {@link System#nanoTime()}. */
public final class Deadline {

    private static final Duration FAR = Duration.ofDays(365);

    private Deadline() {
    }

    /**
     * Adds a wait to now.
     *
     * @param limit any; less than zero is zero, and more than a year is a year
     * @return when it has passed
     */
    public static long after(Duration limit) {
        // The extremes of a duration cannot be counted in nanoseconds.
        Duration counted = limit.isNegative() ? Duration.ZERO : limit.compareTo(FAR) > 0 ? FAR : limit;
        return System.nanoTime() + counted.toNanos();
    }
}
