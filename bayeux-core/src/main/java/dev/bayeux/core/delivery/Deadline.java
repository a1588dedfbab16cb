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
     * @param limit any; more than a year is a year
     * @return when it has passed
     */
    public static long after(Duration limit) {
        return System.nanoTime() + (limit.compareTo(FAR) > 0 ? FAR : limit).toNanos();
    }
}
