package dev.bayeux.core.observe;

import org.jspecify.annotations.Nullable;

/** A time measurement in progress. */
@FunctionalInterface
@SuppressWarnings("AmbiguousMethodReference") // its methods are called, and never referred to
public interface Timed {

    /**
     * Stops the clock. {@link #end} reports the result later, on a thread that may run the program's code. This method does not
     * wait and calls no code of the program.
     */
    default void stop() {
        // Most measurements stop when they are reported.
    }

    /** Ends the measurement and reports it; {@code failure} is {@code null} if there was none. */
    void end(@Nullable Throwable failure);

    /** Ends a measurement, unless it is {@code null} since nothing observes it. */
    static void end(@Nullable Timed timed, @Nullable Throwable failure) {
        if (timed != null) {
            timed.end(failure);
        }
    }
}
