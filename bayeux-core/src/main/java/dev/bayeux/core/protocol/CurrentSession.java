package dev.bayeux.core.protocol;

import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.Transition;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of the session, the events that {@link SessionMachine} has yet to take, and the request that it wants next. */
final class CurrentSession {

    private final SessionMachine machine;
    private final Effects effects;
    private final Connectivity connectivity;
    private final ArrayDeque<SessionEvent> events = new ArrayDeque<>();
    private SessionState state;
    /** Parts of the state, kept as fields because each message needs them. */
    private String clientId = "";
    private long wakeAtNs = Long.MAX_VALUE;
    private boolean made;
    private boolean hadSession;
    /** The handshake or connect to be sent next. */
    private @Nullable SessionAction due;

    CurrentSession(SessionMachine machine, SessionState initial, Effects effects, Connectivity connectivity) {
        this.machine = machine;
        this.state = initial;
        this.effects = effects;
        this.connectivity = connectivity;
    }

    SessionState state() {
        return state;
    }

    /** The client id, empty without a session. */
    String clientId() {
        return clientId;
    }

    /** The time at which the session changes by itself; {@link Long#MAX_VALUE} if time changes nothing. */
    long wakeAtNs() {
        return wakeAtNs;
    }

    /** Whether the last transition has made a session. */
    boolean isMade() {
        return made;
    }

    /** The address of the server that the client speaks to, for texts. */
    String server() {
        return connectivity.server();
    }

    /** Records that the program wants a session, so that the next session counts as the first. */
    void connecting() {
        hadSession = false;
    }

    void happened(SessionEvent event) {
        events.add(event);
    }

    /** Records the reply to a request that is no handshake and no connect: it counts while the session waits or reconnects (C-138). */
    void replied(IncomingMessage reply) {
        if (state.isWaitingOrReconnecting() || !events.isEmpty()) {
            happened(new SessionEvent.ReplyReceived(reply));
        }
    }

    void forgetEvents() {
        events.clear();
    }

    /** Takes events up to the first that changes something; {@code null} when all events were taken. */
    @Nullable
    Transition next(long nowNs) {
        for (SessionEvent next = events.poll(); next != null; next = events.poll()) {
            Transition transition = machine.step(state, next, nowNs);
            // Most deliveries change nothing: no waiting caller need test its condition again.
            if (transition.state() != state || !transition.actions().isEmpty()) {
                effects.viewChanged();
                reportToExtensions(state, transition);
                if (next instanceof SessionEvent.DeliveriesMissed && state.hasSession()
                        && !transition.state().hasSession()) {
                    connectivity.leaveSession();
                }
                show(transition.state());
                return transition;
            }
        }
        return null;
    }

    /** Reports the changes of the session that extensions receive. */
    private void reportToExtensions(SessionState before, Transition transition) {
        Optional<String> lost = before.clientId();
        Optional<String> made = transition.state().clientId();
        if (lost.isEmpty()) {
            // Within a session only a connect can fail.
            for (SessionAction action : transition.actions()) {
                if (action instanceof SessionAction.ReportFailure failed) {
                    effects.add(new Effect.ReportToExtensions(new SessionChange.HandshakeFailed(failed.failure())));
                }
            }
        }
        if (!lost.equals(made)) {
            lost.ifPresent(session -> effects.add(new Effect.ReportToExtensions(new SessionChange.Ended())));
            made.ifPresent(
                    session -> effects.add(new Effect.ReportToExtensions(new SessionChange.Started(hadSession))));
            hadSession |= made.isPresent();
        }
    }

    private void show(SessionState newState) {
        String before = clientId;
        state = newState;
        clientId = newState.clientId().orElse("");
        wakeAtNs = newState.wakeAtNs();
        made = !clientId.isEmpty() && !clientId.equals(before);
    }

    // The next handshake or connect

    @Nullable
    SessionAction due() {
        return due;
    }

    void due(SessionAction action) {
        due = action;
    }

    void nothingDue() {
        due = null;
    }

    /** Forgets the handshake or connect to be sent next unless the session waits for its reply. */
    void forgetUnwanted() {
        if (due != null && !idOf(due).equals(state.outstanding())) {
            due = null;
        }
    }

    static String idOf(SessionAction action) {
        return switch (action) {
            case SessionAction.SendHandshake handshake -> handshake.id();
            case SessionAction.SendConnect connect -> connect.id();
            default -> throw new IllegalArgumentException("Neither a handshake nor a connect: " + action);
        };
    }
}
