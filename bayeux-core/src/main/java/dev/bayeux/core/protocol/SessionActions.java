package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionState.Gate;
import dev.bayeux.core.session.Transition;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out the actions of {@link CurrentSession}: begins, restores and ends sessions, and changes connections. */
final class SessionActions {

    private final Effects effects;
    private final CurrentSession session;
    private final Requests requests;
    private final ServerSubscriptions subscriptions;
    private final Connectivity connectivity;
    private final ExchangesInFlight inFlight;
    private @Nullable EndUnwantedSession unwanted;
    private boolean closed;

    SessionActions(Effects effects, CurrentSession session, Requests requests, ServerSubscriptions subscriptions,
            Connectivity connectivity, ExchangesInFlight inFlight) {
        this.effects = effects;
        this.session = session;
        this.requests = requests;
        this.subscriptions = subscriptions;
        this.connectivity = connectivity;
        this.inFlight = inFlight;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        effects.viewChanged();
    }

    /** A disconnected client begins to connect. */
    void connect(long nowNs) {
        session.connecting();
        effects.add(new Effect.StartReceiving());
        connectivity.open();
        unwanted = null;
        inFlight.connectEnded(nowNs);
    }

    /** Takes the events of the session one by one, each with its actions before the next event. */
    void decide(long nowNs) {
        for (Transition next = session.next(nowNs); next != null; next = session.next(nowNs)) {
            requests.follow(next.state());
            if (session.isMade()) {
                requests.sessionMade();
            }
            // Runs for each reply to a connect, so it makes no iterator.
            for (int n = 0; n < next.actions().size(); n++) {
                perform(next.actions().get(n), nowNs);
            }
            session.forgetUnwanted();
            inFlight.abandonUnwanted(nowNs);
            effects.add(new Effect.ReportState(next.state()));
        }
    }

    private void perform(SessionAction action, long nowNs) {
        switch (action) {
            case SessionAction.SendHandshake handshake -> {
                connectivity.goTo(handshake.endpoint());
                session.due(handshake);
            }
            case SessionAction.SendConnect connect -> {
                connectivity.use(connect.connectionType());
                session.due(connect);
            }
            case SessionAction.Restore(var serial) -> restore(serial);
            case SessionAction.RenewConnections renew -> inFlight.renewConnection();
            case SessionAction.SendDisconnect disconnect -> requests.add(Request.ofDisconnect());
            case SessionAction.EndUnwantedSession ending -> unwanted = ending;
            case SessionAction.EndAbandonedSession(var clientId, var connectionType, var endpoint) ->
                effects.add(new Effect.EndAbandonedSession(clientId, connectionType, endpoint, requests.freshId()));
            case SessionAction.FailSent(var cause) -> failSent(cause, nowNs);
            case SessionAction.FailQueued(var cause) -> {
                requests.failQueued(cause);
                // A client that ends waits for no reply.
                inFlight.endOrphaned(nowNs);
            }
            case SessionAction.RenewCredentials renew -> effects.add(new Effect.RenewCredentials());
            case SessionAction.ReportFailure(var failure) -> effects.report(new ClientEvent.AttemptFailed(failure));
            case SessionAction.ReportWait(var wait) -> effects.report(new ClientEvent.ServerAskedToWait(wait));
            case SessionAction.ReportRenewed renewed -> effects.report(new ClientEvent.SessionRenewed());
            case SessionAction.End end -> end();
        }
    }

    private void restore(long serial) {
        List<Request> restoring = subscriptions.restore(serial);
        requests.restore(restoring);
        if (restoring.isEmpty()) {
            session.happened(new SessionEvent.Restored(serial));
        }
    }

    private void failSent(BayeuxException cause, long nowNs) {
        // A client that ends waits for no reply.
        boolean answering = cause.getCause() instanceof RefusedException && session.state().gate() != Gate.REFUSE;
        requests.failSent(cause, answering, nowNs);
        subscriptions.sessionLost();
        inFlight.batchEnded();
    }

    private void end() {
        BayeuxException reason = session.state().lastFailure().orElse(null);
        Supplier<BayeuxException> why = PublishFailures.over(closed, reason);
        subscriptions.sessionEnded(why.get());
        effects.add(new Effect.StopReceiving(why));
        connectivity.close();
        session.nothingDue();
        // A caller that waits for the end sees the state when everything is closed.
        effects.add(new Effect.ReportState(session.state()));
        effects.add(new Effect.Close(closed ? null : reason, unwanted, requests.freshId()));
    }
}
