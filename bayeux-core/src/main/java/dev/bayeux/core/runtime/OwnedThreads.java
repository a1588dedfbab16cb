package dev.bayeux.core.runtime;

import java.util.List;

/** The threads of one purpose that a client starts, and waits for when it closes. */
@FunctionalInterface
public interface OwnedThreads {

    /** Waits until no thread runs, except perhaps the calling one; {@code false} if the deadline comes first. */
    boolean awaitIdle(long deadlineNs) throws InterruptedException;

    /** {@return whether the calling thread is one of them; no code of a program runs on them by default} */
    default boolean isCurrent() {
        return false;
    }

    /** Interrupts the threads, except the calling one. By default does nothing, for threads that soon end by themselves. */
    default void interrupt() {
        // The threads end by themselves.
    }

    /**
     * Waits, in this order, for all but the calling thread, and interrupts those that still run at the deadline. An interrupt
     * of the calling thread cuts this short; the flag is kept. The caller must hold no lock.
     */
    static void join(List<? extends OwnedThreads> all, long deadlineNs) {
        boolean interrupted = false;
        for (OwnedThreads each : all) {
            try {
                if (interrupted || !each.awaitIdle(deadlineNs)) {
                    each.interrupt();
                }
            } catch (InterruptedException now) {
                interrupted = true;
                each.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
