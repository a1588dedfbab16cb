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
 * Describes a subscription before it starts. Nothing is sent before that; each start is a subscription of its own.
 *
 * <p>Four ways to start: with a handler ({@link #start(MessageHandler)}), to be pulled ({@link #start()}), with a handler
 * and without waiting ({@link #startAsync}), and as a publisher ({@link #publisher()}).
 *
 * <p>Not safe for concurrent use. Unless said otherwise no argument may be {@code null}.
 *
 * @param <T> the type of the data
 */
public interface SubscriptionBuilder<T> {

    /**
     * Binds data to a type.
     *
     * @param <U> the type
     * @param type a type that JSON-B binds, such as a record; {@code JsonValue.class} (the default) binds nothing
     * @return a builder for that type with the same settings
     */
    <U> SubscriptionBuilder<U> as(Class<U> type);

    /**
     * Binds data to a type that is known to reflection only.
     *
     * @param <U> the type, which cannot be checked
     * @param type a type that JSON-B binds
     * @return a builder for that type with the same settings
     */
    <U> SubscriptionBuilder<U> as(Type type);

    /**
     * Binds data to a type with parameters, such as a list of records.
     *
     * @param <U> the type
     * @param type a type that JSON-B binds
     * @return a builder for that type with the same settings
     */
    default <U> SubscriptionBuilder<U> as(TypeToken<U> type) {
        return as(type.type());
    }

    /**
     * Sets what happens when the queue is full.
     *
     * @param messages the most messages that wait here, more than zero; default {@link Limits#maxWaitingMessages()}
     * @param overflow what to do with one more; default {@link Overflow#PAUSE}
     * @return this
     */
    SubscriptionBuilder<T> queue(int messages, Overflow overflow);

    /**
     * Sets what to do when the handler throws.
     *
     * @param action default {@link OnHandlerFailure#SKIP}
     * @return this
     */
    SubscriptionBuilder<T> onHandlerFailure(OnHandlerFailure action);

    /**
     * Sets where to begin when no position is stored. For clients with {@link ClientBuilder#replay}.
     *
     * @param start default {@link Position#TIP}: only new messages. With {@link Position#EARLIEST} nothing is missed that
     *            the server keeps, from the very first start: with the tip there is no position, and so no promise, before
     *            the first message was handled
     * @return this
     * @throws IllegalStateException if the client has no replay
     */
    SubscriptionBuilder<T> fromStoredOr(Position start);

    /**
     * Sets where to begin, whatever is stored. For clients with {@link ClientBuilder#replay}. What is stored is replaced
     * when the first message was handled; new sessions go on behind what has been received.
     *
     * @param start where; a position behind a message is for one channel only
     * @return this
     * @throws IllegalStateException if the client has no replay
     * @throws IllegalArgumentException if there are several channels and the position is behind a message
     */
    SubscriptionBuilder<T> from(Position start);

    /**
     * Makes messages that are pulled count as handled at {@link PullSubscription#commit} only. Default: also when the thread
     * that has taken one asks for the next. Needed if other threads handle a message than the one that takes it.
     *
     * @return this; {@link #start(MessageHandler)} then throws {@link IllegalStateException}
     */
    SubscriptionBuilder<T> manualCommit();

    /**
     * Subscribes; messages go to a handler.
     *
     * @param handler called on a virtual thread of the subscription, one message after the other
     * @return the subscription, active: the server has said yes to all channels
     * @throws SubscribeException if the server refuses one of the channels (none is then subscribed), or does not
     *             answer in time
     * @throws DisconnectedException if there is no session and none is being made
     * @throws ClientClosedException if the client is closed
     * @throws PositionException if the store of positions fails
     * @throws IllegalStateException if {@link #from} was called and the channel is subscribed in this client already, which
     *             has chosen where it begins; or if a channel that differs in its query string alone is, with replay: the
     *             two would have one position
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    Subscription start(MessageHandler<T> handler) throws InterruptedException;

    /**
     * Subscribes; messages are pulled.
     *
     * @return the subscription, active
     * @throws SubscribeException as {@link #start(MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    PullSubscription<T> start() throws InterruptedException;

    /**
     * Subscribes without waiting for the server; messages go to a handler. {@link AsyncClient} has what holds for its
     * stages.
     *
     * @param handler called on a virtual thread of the subscription, one message after the other; perhaps before the
     *            stage completes
     * @return the subscription, when it is active; fails with what {@link #start(MessageHandler)} throws, and there is
     *         then none
     */
    CompletableFuture<Subscription> startAsync(MessageHandler<T> handler);

    /**
     * Makes a publisher of the messages, as the specification of Reactive Streams has it. Each of its subscribers has a
     * subscription of its own, with its own queue and all messages.
     *
     * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="publisher"}
     *
     * <p><b>Demand.</b> A message is taken out of the queue when the subscriber has asked for it, not before. What is not
     * asked for waits there; when the queue is full, {@link #queue} says what happens, which is that the client stops
     * asking the server ({@link Overflow#PAUSE}) unless it says otherwise. For a subscriber that asks for few messages at
     * a time a small queue is right.
     *
     * <p><b>Life.</b> {@code subscribe} returns at once and the server is asked; its no, as every failure to subscribe, is
     * {@code onError}. {@code cancel} closes the subscription. The flow lasts through lost connections and new sessions.
     * When the session has ended, by either side, it goes on with what has come, and a subscriber that asks for more gets
     * {@link DisconnectedException} as {@code onError}; who wants to go on subscribes again. When the client is closed it
     * ends with {@code onComplete}, behind what has come and is asked for within the time that {@code close()} waits. A queue that overflows with {@link Overflow#CLOSE} ends it with
     * {@link ClientClosedException}. {@code request} with a number that is not more than zero ends it with
     * {@link IllegalArgumentException}.
     *
     * <p><b>What cannot be bound</b> is told as {@link ClientEvent.HandlerFailed}, counts as handled and is left out, as
     * for a handler. So is what {@code onNext} throws, which the specification forbids; that ends the flow.
     *
     * <p><b>Handled</b>, for the position that is saved with {@link ClientBuilder#replay}, is a message when {@code onNext}
     * has returned; {@link #onHandlerFailure} is of no account.
     *
     * <p><b>Threads.</b> All signals of one subscriber come from one virtual thread, named
     * {@code bayeux-<client>-flow-<channel>}; the subscriber may block it, and call everything.
     *
     * @return the publisher; this builder's later changes do not change it
     * @throws IllegalStateException after {@link #manualCommit}
     */
    Flow.Publisher<Message<T>> publisher();
}
