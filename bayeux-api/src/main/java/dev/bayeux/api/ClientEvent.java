package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that happened in a client and that no caller was waiting for. Immutable.
 *
 * <p><b>Order and threads.</b> Listeners are told one event after the other, in the order in which they happened, on a
 * virtual thread of the client named {@code bayeux-<client>-events}. What an event tells of may be over by then: for what is
 * now there is {@link BayeuxClient#state()}.
 *
 * <p><b>Limit.</b> If the listeners are so slow that 1,024 events wait, the oldest are dropped.
 *
 * <p>Later versions may add kinds: a {@code switch}
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
     * A new session has taken the place of one that was lost. All subscriptions were asked for again. What was published
     * between the two sessions was not received, unless the server offers replay ({@link ClientBuilder#replay}): then it
     * comes now, and {@link ReplayGap} tells of what does not.
     */
    record SessionRenewed() implements ClientEvent {}

    /**
     * The client goes on with another of its servers, since the one in use has failed it. What has failed was told by
     * {@link AttemptFailed}.
     *
     * @param before the one that was in use
     * @param now the one that is tried next
     */
    record EndpointChanged(Endpoint before, Endpoint now) implements ClientEvent {}

    /**
     * The server has asked for a long wait before the next connect or handshake: an {@code interval} in its advice or a
     * {@code Retry-After}, of more than a minute. Until it is over nothing arrives over HTTP, whatever the state says.
     *
     * @param duration how long the client waits; what the server asks for beyond {@link ClientBuilder#longestServerWait} is
     *            not in it
     */
    record ServerAskedToWait(Duration duration) implements ClientEvent {}

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
     * A handler threw, or a message could not be bound to the handler's type. What comes next is for
     * {@link OnHandlerFailure} to say.
     *
     * @param subscription whose handler
     * @param channel the message's channel
     * @param cause what was thrown, or a {@link dev.bayeux.api.error.PayloadException}
     * @param attempt how often the handler has been called for this message, 1 at the first failure
     */
    record HandlerFailed(Subscription subscription, String channel, Throwable cause, int attempt) implements Failure {}

    /**
     * A subscription was closed since its handler had failed, as {@link OnHandlerFailure} wants. The message was not
     * handled, and neither is what waited behind it; their position is not saved, so they come again when the channel is
     * subscribed again, if the server offers replay.
     *
     * @param subscription which one
     * @param channel the message's channel
     * @param cause what the handler threw last
     */
    record SubscriptionStopped(Subscription subscription, String channel, Throwable cause) implements Failure {}

    /**
     * The executor for handlers ({@link ClientBuilder#handlerExecutor}) has rejected a task or thrown something. Nothing is
     * lost: messages stay in their queue, and the task is handed over again after 1 s, 2 s and so on up to 30 s, with such
     * an event for each failure.
     *
     * @param channel the first channel of the subscription
     * @param cause what the executor threw
     */
    record HandlerNotStarted(String channel, Throwable cause) implements Failure {}

    /**
     * An extension threw, or took too long and is left out from now on. If it is
     * {@linkplain dev.bayeux.api.spi.Extension#isRequired() required}, the message was dropped.
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
     * A channel could not be gone on with where it was left, so that messages may have been missed. Only for clients with
     * {@link ClientBuilder#replay}.
     *
     * <p>What this sees: {@link Reason}. What it cannot see: since the numbers of messages are not contiguous, a server
     * that leaves out messages and says nothing goes unnoticed, such as one that takes a position it does not know for the
     * earliest one it has.
     *
     * @param channel the channel or pattern
     * @param wanted where it should have begun
     * @param begun where it begins instead; empty: it does not, the subscription is refused
     * @param reason why
     * @param cause the same in words, with the server's refusal as its cause if there was one
     */
    record ReplayGap(String channel, Position wanted, Optional<Position> begun, Reason reason,
            PositionException cause) implements Failure {

        /** Why a position was not honoured. */
        public enum Reason {

            /** The server refused the position: it does not know it, or keeps those messages no longer. */
            REFUSED,

            /** The server does not offer replay in this session: the channel begins with new messages. */
            NOT_OFFERED,

            /**
             * A session was lost before the first message of the channel had come: there is no position to go on from, and
             * it begins with new messages once more.
             */
            UNKNOWN
        }
    }

    /**
     * A message was handled, but its position could not be saved. The position is saved with the next message; if the
     * program ends before that, messages come again.
     *
     * @param channel the channel or pattern
     * @param position what should have been saved
     * @param cause what the store said
     */
    record PositionNotSaved(String channel, Position position, PositionException cause) implements Failure {}

    /**
     * A message has a replay id that cannot be a position: an object, a fraction, a negative number, or text that is blank or
     * longer than {@link Position#MAX_CHARACTERS}. The position of the channel stays at the last usable one. Reported once
     * for a subscribed channel.
     *
     * @param channel the channel or pattern that is subscribed
     * @param cause what the replay id is, cut short, and why it cannot be used
     */
    record PositionUnusable(String channel, PositionException cause) implements Failure {}

    /**
     * The server sent something that nobody waits for and that cannot be understood: no channel, an unknown meta
     * channel, something that is not a message.
     *
     * @param cause what it was, cut short
     */
    record MessageIgnored(BayeuxException cause) implements Failure {}
}
