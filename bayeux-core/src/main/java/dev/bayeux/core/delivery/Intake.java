package dev.bayeux.core.delivery;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whether the client may ask the server for more: not while a queue that wants a pause is full. Guarded by the session's
 * lock.
 */
public final class Intake {

    private final Set<LocalSubscription<?>> full = new LinkedHashSet<>();
    private boolean forced;

    Intake() {
        // Open.
    }

    void close(LocalSubscription<?> local) {
        full.add(local);
    }

    /** Whether it was in the way. */
    boolean open(LocalSubscription<?> local) {
        boolean was = full.remove(local);
        forced &= !full.isEmpty();
        return was;
    }

    /** {@return whether some queue has no room} */
    public boolean isPaused() {
        return !full.isEmpty();
    }

    /** The server must be asked all the same, or it would forget the session: what comes finds no room. */
    public void force() {
        forced = isPaused();
    }

    /** {@return whether what comes finds no room} */
    public boolean isForced() {
        return forced;
    }
}
