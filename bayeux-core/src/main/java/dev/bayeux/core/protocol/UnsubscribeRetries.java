package dev.bayeux.core.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * The unsubscribe requests of the present session that were never sent, or whose replies were lost, and when each is retried.
 * Until the server has processed the request it delivers messages that no subscriber wants. A second unsubscribe request
 * changes nothing on a server that has processed the first.
 */
final class UnsubscribeRetries {

    /** How often a client sends a request that a server does not answer, although the connection works. */
    static final int MOST_IGNORED = 3;

    /** One channel; {@code atNs} is {@link Long#MAX_VALUE} while a request waits in the queue or for its reply. */
    private record Retry(int failures, int ignored, long atNs) {}

    private final IntToLongFunction delayNs;
    private final Map<String, Retry> retries = new LinkedHashMap<>();

    /**
     * Makes the retries of one client.
     *
     * @param delayNs the wait after so many failures in a row
     */
    UnsubscribeRetries(IntToLongFunction delayNs) {
        this.delayNs = delayNs;
    }

    /**
     * Schedules the next request, unless the server has ignored enough of them.
     *
     * @param ignored whether the server has ignored the last one
     * @return whether there is a next one
     */
    boolean lost(String channel, boolean ignored, long nowNs) {
        Retry last = retries.getOrDefault(channel, new Retry(0, 0, Long.MAX_VALUE));
        int failures = last.failures + 1;
        int allIgnored = last.ignored + (ignored ? 1 : 0);
        if (allIgnored >= MOST_IGNORED) {
            retries.remove(channel);
            return false;
        }
        retries.put(channel, new Retry(failures, allIgnored, nowNs + delayNs.applyAsLong(failures)));
        return true;
    }

    /** Records that a request is queued; whether one was due, now or later. */
    boolean asked(String channel) {
        Retry last = retries.get(channel);
        if (last == null || last.atNs == Long.MAX_VALUE) {
            return false;
        }
        retries.put(channel, new Retry(last.failures, last.ignored, Long.MAX_VALUE));
        return true;
    }

    /**
     * Records that the request to end a later subscription is queued, so that the outcome of earlier requests no longer
     * counts.
     */
    void askedAgain(String channel) {
        retries.computeIfPresent(channel, (any, last) -> new Retry(0, 0, Long.MAX_VALUE));
    }

    /** Forgets a channel: the server has answered, or the program subscribes to it again. */
    void remove(String channel) {
        retries.remove(channel);
    }

    /** Forgets all channels, since their session is gone. */
    void clear() {
        retries.clear();
    }

    /** {@return the channels whose wait has passed; they stay until they are asked for or removed} */
    List<String> due(long nowNs) {
        return retries.isEmpty()
                ? List.of()
                : retries.entrySet().stream().filter(each -> each.getValue().atNs <= nowNs).map(Map.Entry::getKey)
                        .toList();
    }

    /** {@return when the next request is due, {@link Long#MAX_VALUE} if none is} */
    long wakeAtNs() {
        long atNs = Long.MAX_VALUE;
        for (Retry each : retries.values()) {
            atNs = Math.min(atNs, each.atNs);
        }
        return atNs;
    }
}
