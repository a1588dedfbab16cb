package dev.bayeux.core.session;

import dev.bayeux.api.Endpoint;
import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When a client goes on with another of its endpoints: at once after a handshake that has failed, until all have failed
 * in this round; with a session only if the server has not answered several connects in a row.
 */
final class Failover {

    /** So many connects in a row may stay without an answer before an endpoint with a session is left. */
    static final int SEVERAL = 3;

    /**
     * Where to go on, and when.
     *
     * @param leastNs how long the server there wants us to wait
     * @param extraNs how much longer we do
     */
    record Next(SessionState state, long leastNs, long extraNs) {}

    private final List<Endpoint> endpoints;

    Failover(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    boolean hasOthers() {
        return endpoints.size() > 1;
    }

    /**
     * C-127 asks for patience with a session that may live. It ends where there is another server to go to: after several
     * connects without an answer, or as soon as this server asks for a long wait.
     */
    boolean mustLeave(SessionState failed, boolean asksForLongWait, long nowNs) {
        EndpointChoice choice = failed.endpointChoice();
        return (asksForLongWait || failed.history().consecutive().unanswered() >= SEVERAL)
                && IntStream.range(0, endpoints.size())
                        .anyMatch(index -> index != choice.endpoint() && choice.barredNs(index, nowNs) == 0);
    }

    /**
     * On to the next of this round, or to the first of another one; those that want to be left alone are passed over (C-105).
     *
     * @param left the state; the endpoint in it is the one that is left
     * @param askedNs how long that one wants to be left alone
     * @param betweenNs how long the client waits between two rounds
     */
    Next next(SessionState left, long askedNs, long betweenNs, long nowNs) {
        EndpointChoice choice = left.endpointChoice().barred(nowNs + askedNs);
        int untried = endpoints.size() - choice.failed() - 1;
        for (int n = 1; n <= untried; n++) {
            if (choice.barredNs(indexOf(choice.endpoint() + n), nowNs) == 0) {
                return to(left, choice.at(indexOf(choice.endpoint() + n), choice.failed() + n), 0, 0);
            }
        }
        int first = choice.endpoint() + untried + 1;
        int soonest = 0;
        for (int n = 0; n < endpoints.size(); n++) {
            long barredNs = choice.barredNs(indexOf(first + n), nowNs);
            if (barredNs <= betweenNs) {
                return to(left, choice.at(indexOf(first + n), n), barredNs, betweenNs - barredNs);
            }
            soonest = barredNs < choice.barredNs(indexOf(first + soonest), nowNs) ? n : soonest;
        }
        EndpointChoice alone = choice.at(indexOf(first + soonest), soonest);
        return to(left, alone, alone.barredNs(alone.endpoint(), nowNs), 0);
    }

    private int indexOf(int endpoint) {
        return endpoint % endpoints.size();
    }

    /** Of what the server that is left has advised nothing counts for another. */
    private static Next to(SessionState left, EndpointChoice choice, long leastNs, long extraNs) {
        return new Next(left.with(StoredAdvice.DEFAULT).with(choice), leastNs, extraNs);
    }

    /**
     * C-33: where a server that wants a new session sends us, if that is an endpoint that the program has given; nothing
     * else is ever gone to, nor one that wants to be left alone.
     */
    SessionState directed(SessionState state, IncomingMessage message, long nowNs) {
        Advice advice = message.advice();
        List<String> hosts = advice == null || advice.reconnect() != Reconnect.HANDSHAKE ? List.of() : advice.hosts();
        if (hosts.isEmpty()) {
            // As with nearly all answers.
            return state;
        }
        if (hosts.stream().anyMatch(host -> endpoints.get(state.endpointChoice().endpoint()).isAt(host))) {
            return state;
        }
        Optional<Integer> known = hosts.stream().flatMap(host -> IntStream.range(0, endpoints.size())
                .filter(index -> endpoints.get(index).isAt(host) && state.endpointChoice().barredNs(index, nowNs) == 0)
                .boxed())
                .findFirst();
        return known.map(index -> state.with(state.endpointChoice().at(index, state.endpointChoice().failed())))
                .orElse(state);
    }
}
