package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;

/**
 * A batch that was in flight when the server ended its session. The server is there, so its replies are awaited for a short
 * time: a message that it refuses for the session was certainly not processed (C-138).
 *
 * @param exchange the batch
 * @param cause why the session has ended
 * @param untilNs how long the replies are awaited
 */
record LateBatch(Exchange exchange, BayeuxException cause, long untilNs) {

    /** How long. */
    static final Duration GRACE = Duration.ofSeconds(1);
}
