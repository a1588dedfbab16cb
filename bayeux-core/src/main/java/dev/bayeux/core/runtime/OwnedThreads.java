package dev.bayeux.core.runtime;

/** The threads of one purpose that a client starts, and waits for when it closes. */
@FunctionalInterface
public interface OwnedThreads {

    /**
     * Waits until no thread runs, but does not wait for the calling thread itself.
     *
     * @param deadlineNs by {@link ClientRuntime#nanoTime()}
     * @return whether none runs, except perhaps the calling one
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitIdle(long deadlineNs) throws InterruptedException;

    /** {@return whether the calling thread is one of them; no code of a program runs on them by default} */
    default boolean isCurrent() {
        return false;
    }

    /** Interrupts the threads, except the calling one. By default does nothing, for threads that soon end by themselves. */
    default void interrupt() {
        // The threads end by themselves.
    }
}
