package dev.bayeux.core.delivery;

import dev.bayeux.core.message.Request;

/** What subscriptions need of the session. Called with the session's lock held. */
public interface Uplink {

    /** Throws if there is no session and none is being made. */
    void checkWanted();

    /** {@return whether there is a session to which requests can be sent now} */
    boolean isOpen();

    /**
     * Sends a request after those that wait already.
     *
     * @param request a subscribe or unsubscribe
     */
    void send(Request request);

    /** Wakes who waits for subscriptions to be active: one that was not is gone. */
    void subscriptionsChanged();
}
