package dev.bayeux.core.session;

import dev.bayeux.api.Endpoint;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
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

    private final List<Endpoint> endpoints;

    Failover(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    boolean hasOthers() {
        return endpoints.size() > 1;
    }

    /** C-127 asks for patience with a session that may live; this is its end. */
    boolean mustLeave(SessionState failed) {
        return hasOthers() && failed.troubles().row().unanswered() >= SEVERAL;
    }

    /** Whether the endpoint that has just failed was the last of the round. */
    boolean isRoundOver(SessionState failed) {
        return failed.round().failed() + 1 >= endpoints.size();
    }

    /** On to the next: of what the server has advised nothing is left. */
    SessionState next(SessionState state) {
        Round round = state.round();
        return state.with(StoredAdvice.DEFAULT).with(
                new Round((round.endpoint() + 1) % endpoints.size(), isRoundOver(state) ? 0 : round.failed() + 1));
    }

    /**
     * C-33: where a server that wants a new session sends us, if that is an endpoint that the program has given; nothing
     * else is ever gone to.
     */
    SessionState directed(SessionState state, IncomingMessage message) {
        Advice advice = message.advice();
        List<String> hosts = advice == null || advice.reconnect() != Reconnect.HANDSHAKE ? List.of() : advice.hosts();
        if (hosts.stream().anyMatch(host -> endpoints.get(state.round().endpoint()).isAt(host))) {
            return state;
        }
        Optional<Integer> known = hosts.stream().flatMap(host -> IntStream.range(0, endpoints.size())
                .filter(index -> endpoints.get(index).isAt(host)).boxed()).findFirst();
        return known.map(index -> state.with(new Round(index, state.round().failed()))).orElse(state);
    }

    /** Whether a failure says that nobody was there, or nobody who speaks Bayeux. */
    static boolean isUnanswered(BayeuxException failure) {
        return failure instanceof TransportException
                || failure instanceof MalformedMessageException;
    }
}
