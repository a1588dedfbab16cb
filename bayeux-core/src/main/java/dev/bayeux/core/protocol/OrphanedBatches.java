package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;
import java.util.List;

/**
 * The batches that were in flight when the server ended their session. The server is there, so its replies are awaited for a
 * short time: a message that it refuses for the session was certainly not processed (C-138).
 *
 * @param exchanges the batches that are not answered yet, in their order; changes
 * @param cause why the session has ended
 * @param untilNs how long the replies are awaited
 */
record OrphanedBatches(List<Exchange> exchanges, BayeuxException cause, long untilNs) {

    /** How long. */
    static final Duration GRACE = Duration.ofSeconds(1);
}
