package dev.bayeux.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads of one client that {@code close()} waits for, beside those of the subscriptions. Whether the calling thread
 * is one of them, and the wait for their end, is decided here once.
 */
final class ClientThreads {

    /** The threads of one purpose. */
    interface Owned {

        /** {@return whether the calling thread is one of them} */
        boolean isCurrent();

        /** Waits for the end of all but the calling thread; {@code false} if the deadline has passed. */
        boolean awaitEnd(long deadlineNs) throws InterruptedException;

        /** Ends them without their consent. */
        void interrupt();
    }

    private final List<Owned> protocol = new ArrayList<>();
    private final List<Owned> others = new ArrayList<>();

    /** Adds threads on which the protocol waits: code of the program that runs there cannot wait for the protocol. */
    void addProtocol(Owned threads) {
        protocol.add(threads);
    }

    /** Adds other threads. */
    void add(Owned threads) {
        others.add(threads);
    }

    /** {@return whether the protocol waits on the calling thread} */
    boolean isProtocol() {
        return protocol.stream().anyMatch(Owned::isCurrent);
    }

    /** {@return whether the calling thread is one of all} */
    boolean isOurs() {
        return isProtocol() || others.stream().anyMatch(Owned::isCurrent);
    }

    /**
     * Waits for all but the calling thread, and interrupts those that still run at the deadline. An interrupt of the calling
     * thread cuts this short; the flag is kept.
     *
     * @param deadlineNs by the clock of the client's runtime
     */
    void joinAll(long deadlineNs) {
        boolean interrupted = false;
        for (Owned each : Stream.concat(protocol.stream(), others.stream()).toList()) {
            try {
                if (interrupted || !each.awaitEnd(deadlineNs)) {
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
