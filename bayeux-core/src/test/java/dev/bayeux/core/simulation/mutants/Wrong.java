package dev.bayeux.core.simulation.mutants;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.core.transport.Carrier;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bugs do instead of what they should: the mutated engine calls it in the place of the right methods. */
public final class Wrong {

    private Wrong() {
    }

    /** Sends once more what may have been received. */
    public static @Nullable Object sendAgain(Object carrier, Object connectionType, Object batch, Object permission)
            throws InterruptedException {
        try {
            return ((Carrier) carrier).sendOnce((String) connectionType, (Batch) batch,
                    (Carrier.Permission) permission);
        } catch (TransportException lost) {
            return ((Carrier) carrier).sendOnce((String) connectionType, (Batch) batch,
                    (Carrier.Permission) permission);
        }
    }

    /** Adds an element before all others. */
    @SuppressWarnings("unchecked") // of whatever
    public static boolean addBefore(Object list, Object element) {
        ((List<Object>) list).addFirst(element);
        return true;
    }

    /** Puts what comes last in front of the others. */
    @SuppressWarnings("unchecked") // of whatever
    public static void addFirst(Object queue, Object element) {
        ((ArrayDeque<Object>) queue).addFirst(element);
    }

    /** Takes the newest first. */
    public static @Nullable Object pollLast(Object queue) {
        return ((ArrayDeque<?>) queue).pollLast();
    }

    /** Takes the first of two, not the smaller one. */
    public static long firstOf(long one, long other) {
        return one;
    }
}
