package dev.bayeux.api;

/**
 * What happens when a subscription's queue is full. Each is told to the listeners, as {@link ClientEvent.ReceivingPaused},
 * {@link ClientEvent.MessagesDropped} or {@link ClientEvent.SubscriptionOverflowed}, and counted.
 */
public enum Overflow {

    /**
     * The client stops asking the server for more until half of the queue is free; what is on its way already is kept,
     * beyond the limit. The server keeps messages meanwhile, for all subscriptions of the client.
     *
     * <p>If the server {@linkplain ClientBuilder#replay replays} all subscriptions of the client and does not want them
     * acknowledged, a pause has no limit: a session that the server forgets meanwhile is followed by another, which goes
     * on where the last one stopped. Otherwise, since a server forgets a session that it does not hear from, the client
     * asks again after {@link Timeouts#pause()} (or three quarters of the {@code maxInterval} that the server has advised,
     * if that is less). What then comes finds no room:
     * <ul>
     * <li>if deliveries are {@linkplain ClientBuilder#acknowledge acknowledged}, the whole answer counts as one that has
     * never arrived, and the server sends it again: nothing is lost, and memory does not grow;
     * <li>otherwise it takes the place of the oldest, as with {@link #DROP_OLDEST}.
     * </ul>
     *
     * <p>Over a full-duplex transport (WebSocket) a server that does not want acknowledgements sends without being asked:
     * there, what comes is kept beyond the limit for as long as a pause may last, and then takes the place of the oldest.
     */
    PAUSE,

    /** The message that has waited longest is dropped: the newest are kept. */
    DROP_OLDEST,

    /** The new message is dropped: what waits is kept. */
    DROP_NEWEST,

    /** The subscription is closed. What waits can still be taken, or is handled. */
    CLOSE
}
