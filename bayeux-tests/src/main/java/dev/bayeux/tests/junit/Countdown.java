package dev.bayeux.tests.junit;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often something is still to happen. */
final class Countdown {

    private Countdown() {
    }

    /** Whether it happens once more; counts that. */
    static boolean next(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
