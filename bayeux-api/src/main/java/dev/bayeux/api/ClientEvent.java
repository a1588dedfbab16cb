package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.SubscribeException;

/**
 * Something that happened in a client and that no caller was waiting for. Later versions may add kinds: a {@code switch}
 * over them should have a {@code default}.
 */
public sealed interface ClientEvent {

    /**
     * The state has changed: another status, or another failure in a row.
     *
     * @param before the state that was left
     * @param now the state that was entered; the client may be further already
     */
    record StateChanged(ClientState before, ClientState now) implements ClientEvent {}

    /**
     * A new session has taken the place of one that was lost. All subscriptions were asked for again. What the server
     * sent between the two sessions was not received.
     */
    record SessionRenewed() implements ClientEvent {}

    /** An event that tells of something gone wrong. */
    sealed interface Failure extends ClientEvent {

        /**
         * {@return what went wrong}
         */
        Throwable cause();
    }

    /**
     * An attempt to reach the server, or to keep the session, has failed. The state says what comes next.
     *
     * @param cause why
     */
    record AttemptFailed(BayeuxException cause) implements Failure {}

    /**
     * The server refused to restore a subscription in a new session. The other subscriptions are not affected.
     *
     * @param subscription which one; its state is {@link SubscriptionState#REJECTED}
     * @param cause the server's reason
     */
    record SubscriptionRejected(Subscription subscription, SubscribeException cause) implements Failure {}

    /**
     * A handler threw, or a message could not be bound to the handler's type. The next message is handled all the same.
     *
     * @param subscription whose handler
     * @param channel the message's channel
     * @param cause what was thrown, or a {@link dev.bayeux.api.error.PayloadException}
     */
    record HandlerFailed(Subscription subscription, String channel, Throwable cause) implements Failure {}

    /**
     * An extension threw, or took too long and is left out from now on.
     *
     * @param extension its name
     * @param cause what it threw, or a {@link java.util.concurrent.TimeoutException}
     */
    record ExtensionFailed(String extension, Throwable cause) implements Failure {}

    /**
     * A queue with {@link Overflow#PAUSE} is full: the client stops asking the server for more.
     *
     * @param subscription whose queue
     */
    record ReceivingPaused(Subscription subscription) implements ClientEvent {}

    /**
     * A queue that was full has room again.
     *
     * @param subscription whose queue
     */
    record ReceivingResumed(Subscription subscription) implements ClientEvent {}

    /**
     * A queue was full and messages were dropped.
     *
     * @param subscription whose queue
     * @param count how many since the last such event
     */
    record MessagesDropped(Subscription subscription, long count) implements ClientEvent {}

    /**
     * A queue was full and its subscription was closed.
     *
     * @param subscription whose queue
     */
    record SubscriptionOverflowed(Subscription subscription) implements ClientEvent {}

    /**
     * The server sent something that nobody waits for and that cannot be understood: no channel, an unknown meta
     * channel, something that is not a message.
     *
     * @param cause what it was, cut short
     */
    record MessageIgnored(BayeuxException cause) implements Failure {}
}
