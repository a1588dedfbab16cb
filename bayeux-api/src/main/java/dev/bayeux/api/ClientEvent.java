package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * Describes something that happened in a client and that no caller was waiting for. Immutable.
 *
 * <p><b>Order and threads.</b> Listeners receive one event at a time, in the order in which the events happened, on a
 * virtual thread of the client named {@code bayeux-<client>-events}. The client may have changed again by then;
 * {@link BayeuxClient#state()} returns the present state.
 *
 * <p><b>Limit.</b> If 1,024 events wait for slow listeners, the oldest are dropped.
 *
 * <p><b>Open.</b> The interface is not sealed, because later versions will add kinds. The compiler therefore demands a
 * {@code default} in every {@code switch} over events, and a new kind breaks no program. The components of a kind are
 * final: they are neither added to nor removed, so patterns such as {@code HandlerFailed(var subscription, var channel,
 * var cause, var attempt)} stay valid. Only the client makes events.
 */
public interface ClientEvent {

    /**
     * Reports a change of the state: another status, or another failure in a row.
     *
     * @param before the state that was left
     * @param now the state that was entered; the client may have left it again
     */
    record StateChanged(ClientState before, ClientState now) implements ClientEvent {}

    /**
     * Reports that a new session has replaced a lost one, after the server has answered the requests that restore the
     * subscriptions (C-71): it sends the messages published from now on. {@link SubscriptionRejected} reports a
     * subscription that it refused; one that it refused for the moment is requested again. Messages published between
     * the two sessions did not arrive, unless the server offers replay ({@link ClientBuilder#replay}): a program that
     * fetches the state of things now misses none of the later changes. With replay the messages arrive now, and
     * {@link ReplayGap} reports those that do not.
     */
    record SessionRenewed() implements ClientEvent {}

    /**
     * Reports that the client continues with another of its servers, because the present one failed.
     * {@link AttemptFailed} has reported that failure.
     *
     * @param before the endpoint that was in use
     * @param now the endpoint that the client tries next
     */
    record EndpointChanged(Endpoint before, Endpoint now) implements ClientEvent {}

    /**
     * Reports that the server asked for a wait of more than a minute before the next connect or handshake, with an
     * {@code interval} in its advice or a {@code Retry-After}. Until the wait is over, nothing arrives over HTTP,
     * whatever the state is.
     *
     * @param duration how long the client waits, at most {@link ClientBuilder#longestServerWait}
     */
    record ServerAskedToWait(Duration duration) implements ClientEvent {}

    /** Marks an event that reports a failure. */
    interface Failure extends ClientEvent {

        /** {@return the failure} */
        Throwable cause();
    }

    /**
     * Reports that an attempt to reach the server, or to keep the session, has failed; the state says when the client
     * retries. Also reports that a subscription could not be restored for the moment, with a {@link SubscribeException} as the
     * cause: the client retries with the {@linkplain ClientBuilder#backoff backoff}.
     *
     * @param cause the failure
     */
    record AttemptFailed(BayeuxException cause) implements Failure {}

    /**
     * Reports that the server refused to restore a subscription in a new session. Other subscriptions are not affected.
     *
     * @param subscription the refused subscription; its state is {@link SubscriptionState#REJECTED}
     * @param cause the server's reason
     */
    record SubscriptionRejected(Subscription subscription, SubscribeException cause) implements Failure {}

    /**
     * Reports that a handler threw, or that a message could not be bound to the handler's type.
     * {@link OnHandlerFailure} determines what follows.
     *
     * @param subscription the subscription of the handler
     * @param channel the message's channel
     * @param cause what the handler threw, or a {@link dev.bayeux.api.error.PayloadException}
     * @param attempt how often the client has called the handler for this message, 1 at the first failure
     */
    record HandlerFailed(Subscription subscription, String channel, Throwable cause, int attempt) implements Failure {}

    /**
     * Reports that the client closed a subscription because its handler failed, as {@link OnHandlerFailure} demands.
     * That message and the messages after it in the queue were not handled, and their position is not saved. If the
     * server offers replay, they arrive again when the program subscribes to the channel again.
     *
     * @param subscription the closed subscription
     * @param channel the message's channel
     * @param cause what the handler threw last
     */
    record SubscriptionStopped(Subscription subscription, String channel, Throwable cause) implements Failure {}

    /**
     * Reports that the executor for handlers ({@link ClientBuilder#handlerExecutor}) rejected a task or threw an
     * exception. Nothing is lost: messages stay in their queue. The client retries after 1 s, 2 s and so on up to 30 s,
     * with one such event for each failure.
     *
     * @param channel the first channel of the subscription
     * @param cause what the executor threw
     */
    record HandlerNotStarted(String channel, Throwable cause) implements Failure {}

    /**
     * Reports that an extension threw, or took too long and is left out from now on. If it is
     * {@linkplain dev.bayeux.api.extension.Extension#isRequired() required}, the message was dropped.
     *
     * @param extension the extension's name
     * @param cause what it threw, or a {@link java.util.concurrent.TimeoutException}
     */
    record ExtensionFailed(String extension, Throwable cause) implements Failure {}

    /**
     * Reports that a queue with {@link Overflow#PAUSE} is full and that the client stops asking the server for more.
     *
     * @param subscription the subscription of the queue
     */
    record ReceivingPaused(Subscription subscription) implements ClientEvent {}

    /**
     * Reports that a queue that was full has room again.
     *
     * @param subscription the subscription of the queue
     */
    record ReceivingResumed(Subscription subscription) implements ClientEvent {}

    /**
     * Reports that a queue was full and that messages were dropped.
     *
     * @param subscription the subscription of the queue
     * @param count the number of messages since the last such event
     */
    record MessagesDropped(Subscription subscription, long count) implements ClientEvent {}

    /**
     * Reports that a queue was full and that the client closed its subscription.
     *
     * @param subscription the subscription of the queue
     */
    record SubscriptionOverflowed(Subscription subscription) implements ClientEvent {}

    /**
     * Reports that a channel could not resume at its position, so that messages may have been missed. Only for clients
     * with {@link ClientBuilder#replay}.
     *
     * <p>{@link Reason} lists what the client detects. It cannot detect a server that omits messages silently, since
     * the numbers of messages are not contiguous. An example is a server that replaces a position that it does not know
     * by the earliest that it has.
     *
     * @param channel the channel or pattern
     * @param wanted the position at which the channel should have resumed
     * @param begun the position at which it begins instead; empty if it does not begin, and the subscription is refused
     * @param reason the reason
     * @param cause the reason in words, with the server's refusal as its cause if there was one
     */
    record ReplayGap(String channel, Position wanted, Optional<Position> begun, Reason reason,
            PositionException cause) implements Failure {

        /** Says why a channel could not resume at a position. */
        public enum Reason {

            /** The server refused the position: it does not know it, or keeps those messages no longer. */
            REFUSED,

            /** The server does not offer replay in this session, so the channel begins with new messages. */
            NOT_OFFERED,

            /**
             * A session was lost before the first message of the channel had arrived. There is no position to resume
             * at, and the channel begins with new messages again.
             */
            UNKNOWN,

            /**
             * Twice in a row the client could not read what the server replays after the position: it is too large, or no JSON.
             * The channel continues with the messages after it.
             */
            UNREADABLE
        }
    }

    /**
     * Reports that a message was handled but its position could not be saved. The client saves the position with the
     * next message. If the program ends before that, messages come again.
     *
     * @param channel the channel or pattern
     * @param position the position to be saved
     * @param cause the failure of the store
     */
    record PositionNotSaved(String channel, Position position, PositionException cause) implements Failure {}

    /**
     * Reports a replay id that cannot be a position: an object, a fraction, a negative number, or text that is blank or
     * longer than {@link Position#MAX_CHARACTERS}. The position of the channel stays at the last usable one. Reported
     * once for a subscribed channel.
     *
     * @param channel the channel or pattern that is subscribed
     * @param cause the replay id, cut short, and why it cannot be used
     */
    record PositionUnusable(String channel, PositionException cause) implements Failure {}

    /**
     * Reports that the server sent something that no caller waits for and that the client cannot understand: no
     * channel, an unknown meta channel, or not a message.
     *
     * @param cause what the server sent, cut short
     */
    record MessageIgnored(BayeuxException cause) implements Failure {}
}
