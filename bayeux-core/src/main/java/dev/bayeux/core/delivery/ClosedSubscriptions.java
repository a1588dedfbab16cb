package dev.bayeux.core.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Subscriptions that are closed while the program's code still runs for them: closing the client must find it. Guarded by
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
     * Lets code finish until the deadline, then stops it. To be called without a lock. An interrupt cuts this short; the
     * flag is kept.
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
