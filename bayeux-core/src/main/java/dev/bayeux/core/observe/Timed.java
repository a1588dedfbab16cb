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

    /**
     * Ends the measurement and reports it.
     *
     * @param failure why it has failed, {@code null} if it has not
     */
    void end(@Nullable Throwable failure);

    /**
     * Ends a measurement that may not exist.
     *
     * @param timed {@code null} if nobody looks
     * @param failure why it has failed, {@code null} if it has not
     */
    static void end(@Nullable Timed timed, @Nullable Throwable failure) {
        if (timed != null) {
            timed.end(failure);
        }
    }
}
