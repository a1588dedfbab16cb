package dev.bayeux.core.loop;

import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.protocol.ClientView;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.session.SessionState;
import java.util.Optional;

/** The view of callers: each state that the session passes through, even for an instant, and otherwise the present. */
final class ReportedView implements ClientView {

    private final ClientView core;
    private SessionState session;

    ReportedView(ClientView core) {
        this.core = core;
        this.session = core.session();
    }

    void report(SessionState state) {
        session = state;
    }

    @Override
    public SessionState session() {
        return session;
    }

    @Override
    public boolean isClosed() {
        return core.isClosed();
    }

    @Override
    public boolean allActive() {
        return core.allActive();
    }

    @Override
    public boolean isSettled() {
        return core.isSettled();
    }

    @Override
    public SubscriptionState stateOf(Subscriber subscriber) {
        return core.stateOf(subscriber);
    }

    @Override
    public Optional<SubscribeException> failureOf(Subscriber subscriber) {
        return core.failureOf(subscriber);
    }

    @Override
    public long version() {
        return core.version();
    }
}
