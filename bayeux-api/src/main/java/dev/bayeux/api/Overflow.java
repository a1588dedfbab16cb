package dev.bayeux.api;

/**
 * What happens when a message arrives for a subscription whose queue is full. Each is told to the listeners, as
 * {@link ClientEvent.MessagesDropped} or {@link ClientEvent.SubscriptionOverflowed}.
 */
public enum Overflow {

    /** The message that has waited longest is dropped: the newest are kept. */
    DROP_OLDEST,

    /** The new message is dropped: what waits is kept. */
    DROP_NEWEST,

    /** The subscription is closed. What waits can still be taken, or is handled. */
    CLOSE
}
