package dev.bayeux.kafka.task;

import dev.bayeux.api.position.Position;
import java.util.LinkedHashSet;
import java.util.Set;

/** The last 1,000 replay ids of a channel, which identify a message that is delivered twice. */
final class SeenIds {

    private static final int MOST = 1_000;

    private final Set<Position> ids = new LinkedHashSet<>();
    private volatile boolean obsolete;

    /** Adds an id; returns whether it is new. For one thread. */
    boolean add(Position id) {
        if (obsolete) {
            obsolete = false;
            ids.clear();
        }
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > MOST) {
            var oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** Forgets all ids, because a server that has refused a position may use the same numbers again. For any thread. */
    void forget() {
        obsolete = true;
    }
}
