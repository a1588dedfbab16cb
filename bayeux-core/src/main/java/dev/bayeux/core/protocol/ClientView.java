package dev.bayeux.core.protocol;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.session.SessionState;
import java.util.Optional;

/** The state that callers may read and wait for. Always shows the present. */
public interface ClientView {

    /** {@return the state of the session} */
    SessionState session();

    /** {@return whether the client was closed} */
    boolean isClosed();

    /** {@return whether the last connect has succeeded} */
    default boolean isConnected() {
        return session().status() == ConnectionStatus.CONNECTED;
    }

    /** {@return whether the server has accepted all subscriptions} */
    boolean allActive();

    /** {@return whether no publish and no call waits to be sent or answered} */
    boolean isSettled();

    /** {@return the state of a subscriber} */
    SubscriptionState stateOf(Subscriber subscriber);

    /** {@return why the server has refused a subscriber, if its last answer was a refusal} */
    Optional<SubscribeException> failureOf(Subscriber subscriber);

    /** {@return a number that changes whenever something above may have changed} */
    long version();
}
