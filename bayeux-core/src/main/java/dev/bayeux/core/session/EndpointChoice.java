package dev.bayeux.core.session;

import java.util.HashMap;
import java.util.Map;

/**
 * The endpoint in use, and the progress of the search for one that grants a session.
 *
 * @param endpoint its index
 * @param failed how many in a row have failed in this round or asked for a wait
 * @param notBefore until when each endpoint must not be tried, in nanoseconds
 */
record EndpointChoice(int endpoint, int failed, Map<Integer, Long> notBefore) {

    static final EndpointChoice FIRST = new EndpointChoice(0, 0, Map.of());

    EndpointChoice {
        notBefore = Map.copyOf(notBefore);
    }

    /** Records that the endpoint granted a session. */
    EndpointChoice found() {
        return at(endpoint, 0);
    }

    EndpointChoice at(int newEndpoint, int newFailed) {
        return new EndpointChoice(newEndpoint, newFailed, notBefore);
    }

    /** Records the wait that the endpoint in use asked for. */
    EndpointChoice blocked(long untilNs) {
        Map<Integer, Long> all = new HashMap<>(notBefore);
        all.put(endpoint, untilNs);
        return new EndpointChoice(endpoint, failed, all);
    }

    /** Returns the rest of the wait that an endpoint asked for. */
    long blockedNs(int which, long nowNs) {
        Long untilNs = notBefore.get(which);
        return untilNs == null ? 0 : Math.max(0, untilNs - nowNs);
    }
}
