package dev.bayeux.core.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Which of the endpoints is in use, and how far the search for one that gives a session has come.
 *
 * @param endpoint its index
 * @param failed how many have failed one after the other in this round, or want to be left alone
 * @param notBefore until when which endpoints want to be left alone, in nanoseconds
 */
record Round(int endpoint, int failed, Map<Integer, Long> notBefore) {

    static final Round FIRST = new Round(0, 0, Map.of());

    Round {
        notBefore = Map.copyOf(notBefore);
    }

    /** It has given us a session. */
    Round found() {
        return at(endpoint, 0);
    }

    Round at(int newEndpoint, int newFailed) {
        return new Round(newEndpoint, newFailed, notBefore);
    }

    /** The one in use wants to be left alone until then. */
    Round barred(long untilNs) {
        Map<Integer, Long> all = new HashMap<>(notBefore);
        all.put(endpoint, untilNs);
        return new Round(endpoint, failed, all);
    }

    /** How long an endpoint still wants to be left alone. */
    long barredNs(int which, long nowNs) {
        Long untilNs = notBefore.get(which);
        return untilNs == null ? 0 : Math.max(0, untilNs - nowNs);
    }
}
