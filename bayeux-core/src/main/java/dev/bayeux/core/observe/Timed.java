package dev.bayeux.core.observe;

import org.jspecify.annotations.Nullable;

/** Something that is being timed. */
@FunctionalInterface
public interface Timed {

    /**
     * It is over: no more time counts. What came of it is told later, by {@link #end}, where code of the program may run.
     * Does not wait, and calls nothing of the program.
     */
    default void stop() {
        // Most things are over when they are told.
    }

    /**
     * It has ended.
     *
     * @param failure why it has failed, {@code null} if it has not
     */
    void end(@Nullable Throwable failure);

    /**
     * Ends what may not be timed at all.
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
