package dev.bayeux.core.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Closed subscriptions for which the program's code still runs, so that closing the client can wait for it. Guarded by
 * the lock of {@link Subscribers}.
 */
final class ClosedSubscriptions {

    private final Set<LocalSubscription<?>> running = new LinkedHashSet<>();

    void add(LocalSubscription<?> closed) {
        running.removeIf(other -> !other.isRunning());
        if (closed.isRunning()) {
            running.add(closed);
        }
    }

    boolean isCurrent() {
        return running.stream().anyMatch(LocalSubscription::isCurrent);
    }

    Set<LocalSubscription<?>> takeAll() {
        Set<LocalSubscription<?>> all = new LinkedHashSet<>(running);
        running.clear();
        return all;
    }

    /**
     * Waits for that code until the deadline, then stops it. The caller must hold no lock. An interrupt ends the wait and stays
     * set.
     */
    static void end(List<LocalSubscription<?>> ending, long deadlineNs) {
        boolean interrupted = false;
        for (LocalSubscription<?> local : ending) {
            try {
                if (interrupted || !local.awaitEnd(deadlineNs)) {
                    local.stop();
                }
            } catch (InterruptedException now) {
                interrupted = true;
                local.stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
