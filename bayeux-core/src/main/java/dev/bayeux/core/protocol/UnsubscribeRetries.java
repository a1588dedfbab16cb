package dev.bayeux.core.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * The unsubscribe requests of the present session that were never sent, or whose replies were lost, and when each is retried.
 * Until the server has processed the request it delivers messages that no subscriber wants. A second unsubscribe request
 * changes nothing on a server that has processed the first.
 */
final class UnsubscribeRetries {

    /**
     * How often a client makes a request that a server does not answer although the connection works, or that an extension
     * holds back on purpose.
     */
    static final int MOST_IGNORED = 3;

    /** One channel. */
    private record Retry(int failures, int ignored) {

        static final Retry NONE = new Retry(0, 0);
    }

    private final IntToLongFunction delayNs;
    private final Map<String, Retry> retries = new HashMap<>();
    /** A channel has no time while its request waits in the queue or for its reply. */
    private final RetryTimes<String> times = new RetryTimes<>();

    /** Makes the retries of one client; {@code delayNs} returns the wait after so many failures in a row. */
    UnsubscribeRetries(IntToLongFunction delayNs) {
        this.delayNs = delayNs;
    }

    /**
     * Schedules the next request, unless enough of them were ignored; {@code ignored} says whether the last one was. Returns
     * whether there is a next one.
     */
    boolean lost(String channel, boolean ignored, long nowNs) {
        Retry last = retries.getOrDefault(channel, Retry.NONE);
        int failures = last.failures + 1;
        int allIgnored = last.ignored + (ignored ? 1 : 0);
        if (allIgnored >= MOST_IGNORED) {
            remove(channel);
            return false;
        }
        retries.put(channel, new Retry(failures, allIgnored));
        times.put(channel, nowNs + delayNs.applyAsLong(failures));
        return true;
    }

    /** Records that a request is queued; whether one was due, now or later. */
    boolean asked(String channel) {
        return times.remove(channel);
    }

    /** Forgets a channel: the server has answered, or there is a later subscription, or its end is requested. */
    void remove(String channel) {
        retries.remove(channel);
        times.remove(channel);
    }

    /** Forgets all channels, since their session is gone. */
    void clear() {
        retries.clear();
        times.clear();
    }

    /** {@return the channels whose wait has passed; they stay until a request is queued, or they are removed} */
    List<String> due(long nowNs) {
        return times.due(nowNs);
    }

    /** {@return when the next request is due, {@link Long#MAX_VALUE} if none is} */
    long wakeAtNs() {
        return times.earliestNs();
    }
}
