package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client whose calls return at once, with a stage for the outcome: a view of a {@link BayeuxClient}, which does the
 * work and has the documentation. Both may be used side by side.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="async"}
 *
 * <p><b>Order.</b> Calls take effect in the order in which a thread makes them: what follows {@link #connect()} is sent in
 * the session that it makes, what follows {@link #disconnect()} is refused, what follows {@link #reconnect()} belongs to
 * the new session, and after {@link #close()} every call fails. What is sent leaves in the order of the calls, those of
 * the blocking client included: a message has its place, and its data is JSON, when the method returns. Only while a
 * connect waits for the end of the session before it do the calls of this view that follow it wait as well.
 *
 * <p><b>Outcome.</b> A stage completes with what the blocking method returns, and fails with what that throws: any
 * {@link BayeuxException}, also those that are known at once. Dependent stages see it wrapped, as
 * {@link java.util.concurrent.CompletionException} is by all stages. What is wrong with an argument is thrown here.
 *
 * <p><b>Time.</b> Each wait has the limit that it has in the blocking client ({@link Timeouts}); a stage that is not
 * looked at ends as well.
 *
 * <p><b>Cancelling</b> a stage ends the wait as an interrupt ends it in the blocking client: a connect that this call has
 * started is given up, a subscription is closed, a message is taken back if it was not sent, and its answer is not waited
 * for if it was. The stage has then failed with {@link CancellationException}. The same happens when
 * {@link CompletableFuture#orTimeout orTimeout}, {@link CompletableFuture#completeOnTimeout completeOnTimeout} or the
 * program itself completes the stage, and when all stages that depend on it were ended so.
 *
 * <p><b>Threads.</b> Safe for use by any number of threads. Each call waits on a virtual thread of its own, named
 * {@code bayeux-<client>-async}; dependent stages run there, and may block and call everything.
 */
public interface AsyncClient {

    /**
     * {@return the client that this is a view of}
     */
    BayeuxClient blocking();

    /**
     * {@link BayeuxClient#connect()}.
     *
     * @return completes when the client is connected
     */
    CompletableFuture<@Nullable Void> connect();

    /**
     * {@link BayeuxClient#disconnect()}.
     *
     * @return completes when the session has ended, or {@link Timeouts#close()} has passed; never fails
     */
    CompletableFuture<@Nullable Void> disconnect();

    /**
     * {@link BayeuxClient#reconnect()}.
     *
     * @return completes when the client is connected anew
     */
    CompletableFuture<@Nullable Void> reconnect();

    /**
     * {@link BayeuxClient#close()}.
     *
     * @return completes when everything is freed, whichever call has begun with it, but for the thread on which it completes,
     *         or {@link Timeouts#close()} has passed; never fails. A handler that waits for it waits for itself
     */
    CompletableFuture<@Nullable Void> close();

    /**
     * {@link BayeuxClient#subscribe(String, MessageHandler)}. With other settings:
     * {@link SubscriptionBuilder#startAsync}.
     *
     * @param channel a channel or a pattern
     * @param handler called on a virtual thread of the subscription, one message after the other; perhaps before the
     *            stage completes
     * @return the subscription, when it is active
     */
    default CompletableFuture<Subscription> subscribe(String channel, MessageHandler<JsonValue> handler) {
        return blocking().subscription(channel).startAsync(handler);
    }

    /**
     * {@link BayeuxClient#subscribe(String, Class, MessageHandler)}.
     *
     * @param <T> what the data of a message becomes
     * @param channel a channel or a pattern
     * @param type a type that JSON-B binds, such as a record
     * @param handler as above
     * @return the subscription, when it is active
     */
    default <T> CompletableFuture<Subscription> subscribe(String channel, Class<T> type, MessageHandler<T> handler) {
        return blocking().subscription(channel).as(type).startAsync(handler);
    }

    /**
     * {@link BayeuxClient#publish}.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as there; turned into JSON before this method returns
     * @return completes when the server has accepted the message
     */
    CompletableFuture<@Nullable Void> publish(String channel, @Nullable Object data);

    /**
     * {@link BayeuxClient#batch}.
     *
     * @param messages called once, on this thread, to say what to publish
     * @return completes when the server has accepted all of them
     */
    CompletableFuture<@Nullable Void> batch(Consumer<PublishBatch> messages);

    /**
     * {@link BayeuxClient#call(String, Object)}.
     *
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @return the answer's data
     */
    default CompletableFuture<JsonValue> call(String channel, @Nullable Object data) {
        return call(channel, data, TypeToken.of(JsonValue.class), null);
    }

    /**
     * {@link BayeuxClient#call(String, Object, Class)}.
     *
     * @param <T> what the answer's data becomes
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @param type a type that JSON-B binds, such as a record
     * @return the answer's data, {@code null} if it is JSON null
     */
    default <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, Class<T> type) {
        return call(channel, data, TypeToken.of(type), null);
    }

    /**
     * {@link BayeuxClient#call(String, Object, TypeToken, Duration)}.
     *
     * @param <T> what the answer's data becomes
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @param type a type that JSON-B binds
     * @param limit how long all of it may take, more than zero; {@code null} for {@link Timeouts#reply()}
     * @return the answer's data, {@code null} if it is JSON null
     */
    <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit);

    /**
     * {@link BayeuxClient#drain}.
     *
     * @param limit the longest wait
     * @return whether nothing is left
     */
    CompletableFuture<Boolean> drain(Duration limit);

    /**
     * {@link BayeuxClient#awaitState}. The stage fails with what the condition throws.
     *
     * @param condition asked on the thread of this call, at once and after changes
     * @param limit the longest wait
     * @return the first state that met the condition, or empty if the limit has passed or the client is closed
     */
    CompletableFuture<Optional<ClientState>> awaitState(Predicate<ClientState> condition, Duration limit);

    /**
     * {@link BayeuxClient#awaitReady}.
     *
     * @param limit the longest wait
     * @return whether it is ready; {@code false} if the limit has passed, or the client was closed
     */
    CompletableFuture<Boolean> awaitReady(Duration limit);
}
