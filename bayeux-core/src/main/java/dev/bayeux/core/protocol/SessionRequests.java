package dev.bayeux.core.protocol;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionState;
import java.util.List;

/** Sends the handshake or connect that the session wants next: at once, or after the pause for a full queue. */
final class SessionRequests {

    private final Effects effects;
    private final CurrentSession session;
    private final Connectivity connectivity;
    private final FlowControl flow;
    private final ExchangesInFlight inFlight;
    private final List<String> connectionTypes;
    private long pausedUntilNs = Long.MAX_VALUE;

    SessionRequests(Effects effects, CurrentSession session, Connectivity connectivity, FlowControl flow,
            ExchangesInFlight inFlight, List<String> connectionTypes) {
        this.effects = effects;
        this.session = session;
        this.connectivity = connectivity;
        this.flow = flow;
        this.inFlight = inFlight;
        this.connectionTypes = connectionTypes;
    }

    /** When the pause has lasted as long as it may; {@link Long#MAX_VALUE} without one. */
    long wakeAtNs() {
        return session.due() == null ? Long.MAX_VALUE : pausedUntilNs;
    }

    /** Sends the handshake or connect that is due, unless it must wait. */
    void sendDue(long nowNs) {
        SessionAction due = session.due();
        if (due == null) {
            return;
        }
        SessionState state = session.state();
        if (state.isEnding()) {
            session.nothingDue();
            loseUnsent(CurrentSession.idOf(due));
            return;
        }
        Kind kind = due instanceof SessionAction.SendConnect ? Kind.CONNECT : Kind.HANDSHAKE;
        long pauseNs = kind == Kind.CONNECT ? flow.pauseNs(inFlight.connectEndedNs(), state, nowNs) : 0;
        if (pauseNs > 0) {
            pausedUntilNs = nowNs + pauseNs;
            return;
        }
        session.nothingDue();
        String connectionType = state.connectionType().orElseThrow();
        if (kind == Kind.HANDSHAKE) {
            connectivity.handshakes(connectionType);
        }
        Exchange leaving = new Exchange(List.of(Request.ofSession(kind, CurrentSession.idOf(due))),
                connectivity.number(), connectionType, state.clientId().orElse(null), due,
                kind == Kind.CONNECT ? List.of() : connectionTypes.stream().filter(state::isUsable).toList());
        if (flow.isForced() && state.isAcknowledging()) {
            leaving.refuseDeliveries();
        }
        inFlight.connecting(leaving);
        effects.add(new Effect.Send(leaving));
    }

    /** Drops a handshake or connect that was not sent before the client began to disconnect. */
    private void loseUnsent(String id) {
        session.happened(new SessionEvent.Lost(id,
                new TransportException(Problem.CLOSED, "The client is disconnecting.", null)));
    }

    /** Returns whether a thread that is about to write an exchange still may. */
    boolean begin(Exchange exchange, long nowNs) {
        if (exchange.isOver()) {
            return false;
        }
        boolean ending = session.state().isEnding();
        if (ending) {
            exchange.end();
            inFlight.ended(exchange, nowNs);
            loseUnsent(exchange.id());
        }
        return !ending;
    }
}
