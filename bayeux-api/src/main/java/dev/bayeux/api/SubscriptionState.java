package dev.bayeux.api;

/** Where a subscription is. */
public enum SubscriptionState {

    /** Not, or not again, accepted by a server yet: there is no session, or the request is under way. */
    REQUESTED,

    /** The server has accepted it in the present session. */
    ACTIVE,

    /** The server refused to restore it. It is asked again after the next handshake. */
    REJECTED,

    /** Closed by the program, by a full queue, or because the server refused it at the start. Final. */
    CLOSED
}
