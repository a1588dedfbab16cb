package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.SubscribeException;
import java.lang.reflect.Type;

/**
 * Describes a subscription before it starts. Not safe for concurrent use; may be started more than once.
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
     * Binds data to a type with parameters, such as a list of records.
     *
     * @param <U> the type, which cannot be checked
     * @param type a type that JSON-B binds
     * @return a builder for that type with the same settings
     */
    <U> SubscriptionBuilder<U> as(Type type);

    /**
     * Sets what happens when the queue is full.
     *
     * @param messages the most messages that wait here, more than zero; default {@link Limits#maxWaitingMessages()}
     * @param overflow what to do with one more; default {@link Overflow#PAUSE}
     * @return this
     */
    SubscriptionBuilder<T> queue(int messages, Overflow overflow);

    /**
     * Subscribes; messages go to a handler.
     *
     * @param handler called on a virtual thread of the subscription, one message after the other
     * @return the subscription, active: the server has said yes to all channels
     * @throws SubscribeException if the server refuses one of the channels (none is then subscribed), or does not
     *             answer in time
     * @throws DisconnectedException if there is no session and none is being made
     * @throws ClientClosedException if the client is closed
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
}
