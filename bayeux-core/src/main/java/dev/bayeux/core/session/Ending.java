package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.session.Phase.Abandoning;
import dev.bayeux.core.session.Phase.Asking;
import dev.bayeux.core.session.Phase.Disconnected;
import dev.bayeux.core.session.Phase.Disconnecting;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.SessionAction.End;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionAction.FailQueued;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.SendDisconnect;
import dev.bayeux.core.session.SessionAction.ReportFailure;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides how a session ends in DISCONNECTED (protocol.md 4.10, T10 and T12 to T17). */
final class Ending {

    /** How long the client waits for the held connect after the disconnect has ended: some servers hold it to its limit. */
    static final Duration LAST_CONNECT = Duration.ofSeconds(1);

    private Ending() {
    }

    /** Ends at once, without a message to the server; {@code reason} is {@code null} if the program asked for it. */
    static Transition stop(SessionState state, @Nullable BayeuxException reason) {
        DisconnectedException cause = because(reason);
        Transition over = Transition.to(state.in(new Disconnected(reason)), new FailSent(cause), new FailQueued(cause),
                new End());
        return reason == null ? over : over.precededBy(new ReportFailure(reason));
    }

    /** Ends a session that the server may still keep, and sends a disconnect without waiting for the reply. */
    static Transition giveUp(SessionState state, BayeuxException reason, String clientId, String connectionType) {
        Transition over = stop(state, reason);
        List<SessionAction> actions = new ArrayList<>(over.actions());
        actions.add(actions.size() - 1, new EndUnwantedSession(clientId, connectionType));
        return new Transition(over.state(), actions);
    }

    /** The failure of callers that wait. */
    static DisconnectedException because(@Nullable BayeuxException reason) {
        if (reason instanceof DisconnectedException already) {
            return already;
        }
        return reason == null
                ? new DisconnectedException(FailureKind.TRANSIENT, "The client is disconnected.", null)
                : new DisconnectedException(reason.kind(), "The client has stopped: " + reason.getMessage(), reason);
    }

    // While a handshake is in flight

    /** T13: a session that a late handshake reply brings must not stay on the server. */
    static Transition abandon(SessionState state, Handshaking phase, long untilNs) {
        return phase.step() instanceof Asking asking
                ? Transition.to(state.in(new Abandoning(phase.connectionType(), asking.id(), untilNs)),
                        new FailQueued(because(null)))
                : stop(state, null);
    }

    static Transition abandonedAndAnswered(SessionState state, Abandoning phase, HandshakeAnswered answer) {
        Transition over = abandoned(state);
        return answer.session()
                .map(clientId -> over.precededBy(new EndUnwantedSession(clientId, phase.connectionType())))
                .orElse(over);
    }

    static Transition abandoned(SessionState state) {
        return Transition.to(state.in(new Disconnected(null)), new End());
    }

    // While there is a session

    /** T12, C-90, C-94: sends the disconnect at once, whatever else is in flight. */
    static Transition disconnect(SessionState state, Live phase, long untilNs) {
        String connectId = phase.step() instanceof Asking asking ? asking.id() : null;
        return Transition.to(
                state.in(new Disconnecting(phase.clientId(), phase.connectionType(), false, connectId, untilNs, false)),
                new FailQueued(because(null)), new SendDisconnect(phase.clientId(), phase.connectionType()));
    }

    /** T14, C-93: the connect in flight may bring the last deliveries, so the client waits for it briefly. */
    static Transition disconnectEnded(SessionState state, Disconnecting phase, long nowNs) {
        if (phase.connectId() == null) {
            return stop(state, null);
        }
        long untilNs = nowNs + Math.min(phase.untilNs() - nowNs, LAST_CONNECT.toNanos());
        return Transition.to(state.in(
                new Disconnecting(phase.clientId(), phase.connectionType(), true, phase.connectId(), untilNs,
                        phase.missed())));
    }

    /** T15, C-91: the end of the connect, with whatever reply, leads only to the end of the session. */
    static Transition lastConnectEnded(SessionState state, Disconnecting phase) {
        return phase.answered()
                ? stop(state, null)
                : Transition.to(state.in(new Disconnecting(phase.clientId(), phase.connectionType(), false, null,
                        phase.untilNs(), phase.missed())));
    }
}
