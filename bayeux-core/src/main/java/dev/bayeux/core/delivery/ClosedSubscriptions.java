package dev.bayeux.core.delivery;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Closed subscriptions for which the program's code still runs, so that closing the client can wait for it. Guarded by
 * the lock of {@link Subscribers}.
 */
final class ClosedSubscriptions {

    private final Set<CoreSubscription<?>> running = new LinkedHashSet<>();

    void add(CoreSubscription<?> closed) {
        running.removeIf(other -> !other.isRunning());
        if (closed.isRunning()) {
            running.add(closed);
        }
    }

    boolean isCurrent() {
        return running.stream().anyMatch(CoreSubscription::isCurrent);
    }

    Set<CoreSubscription<?>> takeAll() {
        Set<CoreSubscription<?>> all = new LinkedHashSet<>(running);
        running.clear();
        return all;
    }
}
