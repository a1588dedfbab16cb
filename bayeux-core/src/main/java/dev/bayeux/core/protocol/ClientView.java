package dev.bayeux.core.protocol;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.session.SessionState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state that callers may read and wait for. Shows the present, and while effects are carried out each state that the session
 * has passed through.
 */
public final class ClientView {

    private final CurrentSession session;
    private final SessionActions actions;
    private final Requests requests;
    private final SubscriptionTable table;
    private @Nullable SessionState reported;

    ClientView(CurrentSession session, SessionActions actions, Requests requests, SubscriptionTable table) {
        this.session = session;
        this.actions = actions;
        this.requests = requests;
        this.table = table;
    }

    /** Shows a state that the session has passed through; {@code null} shows the present again. */
    public void show(@Nullable SessionState state) {
        reported = state;
    }

    public SessionState session() {
        SessionState shown = reported;
        return shown == null ? session.state() : shown;
    }

    public boolean isClosed() {
        return actions.isClosed();
    }

    /** {@return whether the last connect has succeeded} */
    public boolean isConnected() {
        return session().status() == ConnectionStatus.CONNECTED;
    }

    /** {@return whether the server has accepted all subscriptions} */
    public boolean allActive() {
        return table.allActive();
    }

    /** {@return whether no publish and no call waits to be sent or answered} */
    public boolean isSettled() {
        return requests.isSettled();
    }

    public SubscriptionState stateOf(Subscriber subscriber) {
        return table.stateOf(subscriber);
    }

    /** {@return why the server has refused a subscriber, if its last answer was a refusal} */
    public Optional<SubscribeException> failureOf(Subscriber subscriber) {
        return table.failureOf(subscriber);
    }
}
