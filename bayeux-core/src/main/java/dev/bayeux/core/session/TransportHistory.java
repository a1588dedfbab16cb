package dev.bayeux.core.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The experience with the client's transports since the program connected (C-128). A transport is excluded for one endpoint
 * only, since the proxies of endpoints differ.
 *
 * @param unusable transports that the server refuses or does not support: excluded until the program connects again
 * @param excluded transports that opened and brought no valid reply, with the end of their exclusion in nanoseconds
 * @param invalidReplies how many requests in a row brought no valid reply
 * @param proven connection types over which the client was connected
 */
record TransportHistory(Set<Use> unusable, Map<Use, Long> excluded, Map<Use, Integer> invalidReplies,
        Set<String> proven) {

    /** A connection type combined with an endpoint. */
    record Use(int endpoint, String connectionType) {}

    static final TransportHistory NONE = new TransportHistory(Set.of(), Map.of(), Map.of(), Set.of());

    TransportHistory {
        unusable = Set.copyOf(unusable);
        excluded = Map.copyOf(excluded);
        invalidReplies = Map.copyOf(invalidReplies);
        proven = Set.copyOf(proven);
    }

    boolean isUsable(Use use) {
        return !unusable.contains(use) && !excluded.containsKey(use);
    }

    TransportHistory withUnusable(Use use) {
        Set<Use> all = new HashSet<>(unusable);
        all.add(use);
        return new TransportHistory(all, excluded, without(use), proven);
    }

    TransportHistory withExcluded(Use use, long untilNs) {
        Map<Use, Long> all = new HashMap<>(excluded);
        all.put(use, untilNs);
        return new TransportHistory(unusable, all, without(use), proven);
    }

    private Map<Use, Integer> without(Use use) {
        Map<Use, Integer> others = new HashMap<>(invalidReplies);
        others.remove(use);
        return others;
    }

    TransportHistory failed(Use use, boolean sentWithoutValidReply) {
        if (!sentWithoutValidReply) {
            return invalidReplies.containsKey(use)
                    ? new TransportHistory(unusable, excluded, without(use), proven)
                    : this;
        }
        Map<Use, Integer> all = new HashMap<>(invalidReplies);
        all.merge(use, 1, Integer::sum);
        return new TransportHistory(unusable, excluded, all, proven);
    }

    int invalidReplies(Use use) {
        return invalidReplies.getOrDefault(use, 0);
    }

    boolean isProven(String connectionType) {
        return proven.contains(connectionType);
    }

    TransportHistory connected(Use use) {
        if (isProven(use.connectionType()) && !invalidReplies.containsKey(use)) {
            // The case of nearly all connects.
            return this;
        }
        Set<String> all = new HashSet<>(proven);
        all.add(use.connectionType());
        return new TransportHistory(unusable, excluded, without(use), all);
    }

    boolean hasExcluded(int endpoint) {
        return excluded.keySet().stream().anyMatch(use -> use.endpoint() == endpoint);
    }

    /** Admits the abandoned transports of one endpoint again. */
    TransportHistory readmitting(int endpoint) {
        return keeping(use -> use.endpoint() != endpoint);
    }

    /** Admits transports whose exclusion has ended; returns the same object if there are none. */
    TransportHistory readmittingUntil(long nowNs) {
        return excluded.values().stream().allMatch(untilNs -> untilNs - nowNs > 0)
                ? this
                : keeping(use -> excluded.getOrDefault(use, nowNs) - nowNs > 0);
    }

    private TransportHistory keeping(Predicate<Use> kept) {
        Map<Use, Long> all = new HashMap<>(excluded);
        all.keySet().removeIf(kept.negate());
        return new TransportHistory(unusable, all, invalidReplies, proven);
    }
}
