package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Request;
import java.util.List;

/** Looks into the queue of a core. */
public final class Queued {

    private Queued() {
    }

    /** The requests that wait for the batch before them. */
    public static List<Request> in(ProtocolCore core) {
        return core.queued();
    }
}
