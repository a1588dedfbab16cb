package dev.bayeux.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When each of many requests is retried. The client looks for the earliest time after each input, so that takes no search. */
final class RetryTimes<K> {

    private final Map<K, Long> timesNs = new LinkedHashMap<>();
    private final TreeMap<Long, LinkedHashSet<K>> byTimeNs = new TreeMap<>();

    void put(K key, long atNs) {
        remove(key);
        timesNs.put(key, atNs);
        byTimeNs.computeIfAbsent(atNs, any -> new LinkedHashSet<>()).add(key);
    }

    /** Removes a key; {@code false} if it has no time. */
    boolean remove(K key) {
        Long atNs = timesNs.remove(key);
        if (atNs == null) {
            return false;
        }
        LinkedHashSet<K> together = byTimeNs.get(atNs);
        if (together != null && together.remove(key) && together.isEmpty()) {
            byTimeNs.remove(atNs);
        }
        return true;
    }

    void clear() {
        timesNs.clear();
        byTimeNs.clear();
    }

    /** {@return the keys whose time has come, the earliest first; they stay until they are removed} */
    List<K> due(long nowNs) {
        List<K> due = new ArrayList<>(0);
        byTimeNs.headMap(nowNs, true).values().forEach(due::addAll);
        return due;
    }

    /** {@return the earliest time, {@link Long#MAX_VALUE} if there is none} */
    long earliestNs() {
        return byTimeNs.isEmpty() ? Long.MAX_VALUE : byTimeNs.firstKey();
    }
}
