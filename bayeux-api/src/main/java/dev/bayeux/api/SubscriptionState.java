package dev.bayeux.api;

/** Says whether the server delivers to a subscription. */
public enum SubscriptionState {

    /**
     * No server has accepted it yet, or not in the present session: there is no session, or the request is in flight.
     */
    REQUESTED,

    /** The server has accepted it in the present session. */
    ACTIVE,

    /** The server refused to restore it. The client asks again after the next handshake. */
    REJECTED,

    /**
     * The program closed it, a full queue closed it, a failed handler closed it, or the server refused it at the start.
     * Final.
     */
    CLOSED
}
