package dev.bayeux.api;

/**
 * Says what happens when a subscription's queue is full. The client counts each case and reports it as
 * {@link ClientEvent.ReceivingPaused}, {@link ClientEvent.MessagesDropped} or
 * {@link ClientEvent.SubscriptionOverflowed}.
 */
public enum Overflow {

    /**
     * The client stops asking the server for more until half of the queue is free. Messages that are already in flight
     * are kept, beyond the limit. Meanwhile the server keeps messages for all subscriptions of the client.
     *
     * A pause has no limit if the server {@linkplain ClientBuilder#replay replays} all subscriptions of the client and
     * does not acknowledge. If the server forgets the session meanwhile, the next session resumes where the last one
     * stopped. Otherwise the client asks again after {@link Timeouts#pause()}, or after three quarters of the advised
     * {@code maxInterval} if that is less, because a server forgets a silent session. Messages that arrive then find no
     * room:
     * <ul>
     * <li>If deliveries are {@linkplain ClientBuilder#acknowledge acknowledged}, the client treats the whole answer as
     * if it had not arrived, and the server sends it again. Nothing is lost, and memory does not grow.
     * <li>Otherwise they replace the oldest messages, as with {@link #DROP_OLDEST}.
     * </ul>
     *
     * <p>Over a full-duplex transport (WebSocket), a server that does not acknowledge sends unasked. The client then
     * keeps what arrives for as long as a pause may last, up to {@link Limits#maxReplyMessages()} messages beyond the
     * limit, as many as one answer of a server may have; after that, and beyond those, it replaces the oldest messages.
     * A client with positions keeps all of them, without a limit, since its program shall miss none.
     */
    PAUSE,

    /** The client drops the message that has waited longest and keeps the newest. */
    DROP_OLDEST,

    /** The client drops the new message and keeps those that wait. */
    DROP_NEWEST,

    /** The client closes the subscription. Messages that wait can still be pulled, or are handled. */
    CLOSE
}
