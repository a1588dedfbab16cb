package dev.bayeux.core.protocol;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.SubscribeException;
import java.util.List;

/** The subscriptions that the server has refused for a transient reason, or whose replies were lost, and when each is requested again. */
final class SubscribeRetries {

    private final Backoff backoff;
    private final RetryTimes<ServerSubscription> waiting = new RetryTimes<>();
    private long random;

    SubscribeRetries(Backoff backoff, long seed) {
        this.backoff = backoff;
        this.random = seed;
    }

    /**
     * Schedules the next request for a subscription; {@code lost} if the server may have accepted it, since its reply was
     * lost.
     */
    void add(ServerSubscription server, SubscribeException why, boolean lost, long nowNs) {
        server.retryAt(nowNs + delayNs(server.refused()), why, lost);
        waiting.put(server, server.retryAtNs());
    }

    /** {@return the wait after so many failures in a row} */
    long delayNs(int failures) {
        random = random * 6364136223846793005L + 1442695040888963407L;
        return backoff.delay(failures, (random >>> 11) * 0x1p-53).toNanos();
    }

    void remove(ServerSubscription server) {
        waiting.remove(server);
    }

    void clear() {
        waiting.clear();
    }

    /** {@return the subscriptions whose wait has passed; they stay until they are removed} */
    List<ServerSubscription> due(long nowNs) {
        return waiting.due(nowNs);
    }

    /** {@return when the next subscription is due, {@link Long#MAX_VALUE} if none waits} */
    long wakeAtNs() {
        return waiting.earliestNs();
    }
}
