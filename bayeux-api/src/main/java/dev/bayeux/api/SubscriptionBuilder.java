package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Describes a subscription before it starts. The client sends nothing before that; each start makes a subscription of
 * its own.
 *
 * <p>There are three ways to start: with a handler ({@link #start(MessageHandler)}), for pulling ({@link #start()}),
 * both also without waiting ({@link #startAsync(MessageHandler)}, {@link #startAsync()}), and as a publisher
 * ({@link #publisher()}).
 *
 * <p>Not safe for concurrent use. No argument may be {@code null} unless it is marked so.
 *
 * @param <T> the type of the data
 */
public interface SubscriptionBuilder<T> {

    /**
     * Binds data to a type.
     *
     * @param <U> the type
     * @param type a type that the data binding binds, such as a record; {@code JsonValue.class} (the default) binds nothing
     * @return a builder for that type with the same settings
     */
    <U> SubscriptionBuilder<U> as(Class<U> type);

    /**
     * Binds data to a type that is known only by reflection.
     *
     * @param <U> the type, which cannot be checked
     * @param type a type that the data binding binds
     * @return a builder for that type with the same settings
     */
    <U> SubscriptionBuilder<U> as(Type type);

    /**
     * Binds data to a type with parameters, such as a list of records.
     *
     * @param <U> the type
     * @param type a type that the data binding binds
     * @return a builder for that type with the same settings
     */
    default <U> SubscriptionBuilder<U> as(TypeToken<U> type) {
        return as(type.type());
    }

    /**
     * Sets the size of the queue and what happens when it is full.
     *
     * @param messages the most messages that wait in this client, more than zero; default
     *            {@link Limits#maxWaitingMessages()}
     * @param overflow what happens with a further message; default {@link Overflow#PAUSE}
     * @return this
     */
    SubscriptionBuilder<T> queue(int messages, Overflow overflow);

    /**
     * Sets what happens when the handler throws.
     *
     * @param action default {@link OnHandlerFailure#SKIP}
     * @return this
     */
    SubscriptionBuilder<T> onHandlerFailure(OnHandlerFailure action);

    /**
     * Sets where to begin if no position is stored. For clients with {@link ClientBuilder#replay}.
     *
     * @param start default {@link Position#TIP}: only new messages. There is then no position, and so no promise,
     *            before the first message was handled. With {@link Position#EARLIEST} nothing is missed that the server
     *            keeps, from the very first start
     * @return this
     * @throws IllegalStateException if the client has no replay
     */
    SubscriptionBuilder<T> fromStoredOr(Position start);

    /**
     * Sets where to begin, whatever position is stored. For clients with {@link ClientBuilder#replay}. The stored
     * position is replaced when the first message was handled. New sessions resume after the last message that has
     * arrived.
     *
     * @param start the position; a position after a message is for one channel only
     * @return this
     * @throws IllegalStateException if the client has no replay
     * @throws IllegalArgumentException if there are several channels and the position is after a message
     */
    SubscriptionBuilder<T> from(Position start);

    /**
     * Counts a pulled message as handled only at {@link PullSubscription#commit}. By default it also counts when the
     * thread that pulled it asks for the next. Needed if one thread pulls a message and another handles it.
     *
     * @return this; {@link #start(MessageHandler)} then throws {@link IllegalStateException}
     */
    SubscriptionBuilder<T> manualCommit();

    /**
     * Subscribes, so that messages go to a handler.
     *
     * @param handler called on a virtual thread of the subscription, for one message at a time
     * @return the subscription, active: the server has agreed to all channels
     * @throws SubscribeException if the server refuses one of the channels, so that none is subscribed, or does not
     *             answer in time; a refusal that may pass, such as that of a busy server, is retried until then
     * @throws DisconnectedException if there is no session and none is being made
     * @throws ClientClosedException if the client is closed
     * @throws PositionException if the store of positions fails
     * @throws IllegalStateException if {@link #from} was called and another subscription of this client has the channel
     *             and so chose where it begins; or, with replay, if another has a channel that differs only in its
     *             query string, since the two would share one position
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    Subscription start(MessageHandler<T> handler) throws InterruptedException;

    /**
     * Subscribes, so that the program pulls messages.
     *
     * @return the subscription, active
     * @throws SubscribeException as in {@link #start(MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    PullSubscription<T> start() throws InterruptedException;

    /**
     * Subscribes without waiting for the server, so that messages go to a handler. {@link AsyncClient} says what holds
     * for the future.
     *
     * @param handler called on a virtual thread of the subscription, for one message at a time; perhaps before the
     *            future completes
     * @return completes with the subscription when it is active; fails with what {@link #start(MessageHandler)} throws,
     *         and there is then no subscription
     */
    CompletableFuture<Subscription> startAsync(MessageHandler<T> handler);

    /**
     * Subscribes without waiting for the server, so that the program pulls messages. {@link AsyncClient} says what holds
     * for the future.
     *
     * @return completes with the subscription when it is active; fails with what {@link #start()} throws, and there is
     *         then no subscription
     */
    CompletableFuture<PullSubscription<T>> startAsync();

    /**
     * Makes a publisher of the messages, according to Reactive Streams. Each of its subscribers has a subscription of
     * its own, with its own queue and all messages.
     *
     * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="publisher"}
     *
     * <p><b>Demand.</b> The publisher takes a message out of the queue only when the subscriber has requested it.
     * Messages that are not requested wait in the queue. When it is full, {@link #queue} says what happens; by default
     * the client stops asking the server ({@link Overflow#PAUSE}). For a subscriber that requests few messages at a
     * time, choose a small queue.
     *
     * <p><b>Life.</b> {@code subscribe} returns at once, and the client asks the server. A refusal, and every other
     * failure to subscribe, is {@code onError}. {@code cancel} closes the subscription. The flow lasts through lost
     * connections and new sessions. When the session has ended, by either side, the flow continues with the messages
     * that have arrived. A subscriber that requests more then receives {@link DisconnectedException} as
     * {@code onError}, and may subscribe again. When the client is closed, the flow ends with {@code onComplete}, after
     * the messages that have arrived and are requested within the time that {@code close()} waits. A queue that
     * overflows with {@link Overflow#CLOSE} ends it with {@link ClientClosedException}. A {@code request} that is not
     * more than zero ends it with {@link IllegalArgumentException}.
     *
     * <p><b>Failures.</b> The client reports a message that cannot be bound as {@link ClientEvent.HandlerFailed},
     * counts it as handled and skips it, as for a handler. It reports what {@code onNext} throws in the same way; the
     * specification forbids that, and it ends the flow.
     *
     * <p><b>Handled.</b> For the position that is saved with {@link ClientBuilder#replay}, a message counts as handled
     * when {@code onNext} has returned. {@link #onHandlerFailure} has no effect.
     *
     * <p><b>Threads.</b> All signals of one subscriber come from one virtual thread, named
     * {@code bayeux-<client>-flow-<channel>}. The subscriber may block it, and call every method.
     *
     * @return the publisher; later changes of this builder do not affect it
     * @throws IllegalStateException after {@link #manualCommit}
     */
    Flow.Publisher<Message<T>> publisher();
}
