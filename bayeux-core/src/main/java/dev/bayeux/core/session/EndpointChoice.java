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
record EndpointChoice(int endpoint, int failed, Map<Integer, Long> notBefore) {

    static final EndpointChoice FIRST = new EndpointChoice(0, 0, Map.of());

    EndpointChoice {
        notBefore = Map.copyOf(notBefore);
    }

    /** It has given us a session. */
    EndpointChoice found() {
        return at(endpoint, 0);
    }

    EndpointChoice at(int newEndpoint, int newFailed) {
        return new EndpointChoice(newEndpoint, newFailed, notBefore);
    }

    /** The one in use wants to be left alone until then. */
    EndpointChoice barred(long untilNs) {
        Map<Integer, Long> all = new HashMap<>(notBefore);
        all.put(endpoint, untilNs);
        return new EndpointChoice(endpoint, failed, all);
    }

    /** How long an endpoint still wants to be left alone. */
    long barredNs(int which, long nowNs) {
        Long untilNs = notBefore.get(which);
        return untilNs == null ? 0 : Math.max(0, untilNs - nowNs);
    }
}
