package dev.bayeux.core.session;

import dev.bayeux.api.Endpoint;
import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides when a client changes to another endpoint: at once after a failed handshake, until all have failed in this round.
 * A client with a session changes only after several connects in a row without an answer.
 */
record Failover(List<Endpoint> endpoints) {

    /** The number of unanswered connects in a row after which a client leaves an endpoint with a session. */
    static final int SEVERAL = 3;

    /** The next endpoint, the wait that its server asked for, and the client's own additional wait. */
    record Next(SessionState state, long leastNs, long extraNs) {}

    boolean hasOthers() {
        return endpoints.size() > 1;
    }

    /**
     * C-127 keeps a session that may exist. If there is another server, the client leaves the session after several unanswered
     * connects, or as soon as this server asks for a long wait.
     */
    boolean mustLeave(SessionState failed, boolean asksForLongWait, long nowNs) {
        EndpointChoice choice = failed.endpointChoice();
        return (asksForLongWait || failed.history().consecutive().unanswered() >= SEVERAL)
                && IntStream.range(0, endpoints.size())
                        .anyMatch(index -> index != choice.endpoint() && choice.blockedNs(index, nowNs) == 0);
    }

    /**
     * Returns the next endpoint of this round, or after {@code betweenNs} the first of a new round; skips endpoints that
     * asked for a wait (C-105). The endpoint that failed has asked for {@code askedNs}.
     */
    Next next(SessionState failed, long askedNs, long betweenNs, long nowNs) {
        EndpointChoice choice = failed.endpointChoice().blocked(nowNs + askedNs);
        int untried = endpoints.size() - choice.failed() - 1;
        for (int n = 1; n <= untried; n++) {
            if (choice.blockedNs(indexOf(choice.endpoint() + n), nowNs) == 0) {
                return to(failed, choice.at(indexOf(choice.endpoint() + n), choice.failed() + n), 0, 0);
            }
        }
        int first = choice.endpoint() + untried + 1;
        int soonest = 0;
        for (int n = 0; n < endpoints.size(); n++) {
            long blockedNs = choice.blockedNs(indexOf(first + n), nowNs);
            if (blockedNs <= betweenNs) {
                return to(failed, choice.at(indexOf(first + n), n), blockedNs, betweenNs - blockedNs);
            }
            soonest = blockedNs < choice.blockedNs(indexOf(first + soonest), nowNs) ? n : soonest;
        }
        EndpointChoice alone = choice.at(indexOf(first + soonest), soonest);
        return to(failed, alone, alone.blockedNs(alone.endpoint(), nowNs), 0);
    }

    private int indexOf(int endpoint) {
        return endpoint % endpoints.size();
    }

    /** Discards the advice of the server that the client leaves. A client that stays keeps it (C-19). */
    private static Next to(SessionState failed, EndpointChoice choice, long leastNs, long extraNs) {
        SessionState advised = stays(failed, choice) ? failed : failed.with(StoredAdvice.DEFAULT);
        return new Next(advised.with(choice), leastNs, extraNs);
    }

    private static boolean stays(SessionState failed, EndpointChoice choice) {
        return choice.endpoint() == failed.endpointChoice().endpoint();
    }

    /**
     * C-33: returns the endpoint among the {@code hosts} of an advice, if the program named it and it has not asked for a wait.
     * The client never contacts any other host.
     */
    SessionState directed(SessionState state, IncomingMessage message, long nowNs) {
        Advice advice = message.advice();
        List<String> hosts = advice == null || advice.reconnect() != Reconnect.HANDSHAKE ? List.of() : advice.hosts();
        if (hosts.isEmpty()) {
            // Almost no answer names hosts.
            return state;
        }
        if (hosts.stream().anyMatch(host -> endpoints.get(state.endpointChoice().endpoint()).isAt(host))) {
            return state;
        }
        Optional<Integer> known = hosts.stream().flatMap(host -> IntStream.range(0, endpoints.size())
                .filter(index -> endpoints.get(index).isAt(host) && state.endpointChoice().blockedNs(index, nowNs) == 0)
                .boxed())
                .findFirst();
        return known.map(index -> state.with(state.endpointChoice().at(index, state.endpointChoice().failed())))
                .orElse(state);
    }
}
