package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batches that were in flight when the server ended their session. The server answers, so the client waits for its
 * replies for a short time: a message that it refuses because of the session was certainly not processed (C-138).
 */
final class OrphanedBatches {

    /** How long the client waits for their replies. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final List<Exchange> exchanges = new ArrayList<>(0);
    private @Nullable BayeuxException cause;
    private long untilNs;

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /** {@return all, in their order} */
    List<Exchange> all() {
        return exchanges.isEmpty() ? List.of() : List.copyOf(exchanges);
    }

    boolean contains(Exchange exchange) {
        return exchanges.contains(exchange);
    }

    /** Whether the session of a request has ended, so that its reply does not concern the present session. */
    boolean contains(Request request) {
        return !exchanges.isEmpty() && exchanges.stream().anyMatch(each -> each.requests().contains(request));
    }

    /** Records that a session has ended, and which replies are still awaited; an earlier end keeps its reason and its time. */
    void sessionEnded(List<Exchange> answering, BayeuxException why, long nowNs) {
        if (exchanges.isEmpty()) {
            exchanges.addAll(answering);
            cause = why;
            untilNs = nowNs + GRACE.toNanos();
        } else {
            exchanges.retainAll(answering);
        }
    }

    void remove(Exchange exchange) {
        exchanges.remove(exchange);
    }

    /** {@return why the session of these batches has ended, {@code null} if there never were any} */
    @Nullable
    BayeuxException cause() {
        return cause;
    }

    /** {@return until when the replies are awaited, {@link Long#MAX_VALUE} if there are no batches} */
    long untilNs() {
        return exchanges.isEmpty() ? Long.MAX_VALUE : untilNs;
    }
}
