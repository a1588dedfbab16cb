package dev.bayeux.api;

import dev.bayeux.api.error.BayeuxException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Offers the calls of a {@link BayeuxClient} without waiting: each returns a future for the outcome. It is a view of
 * that client, whose documentation applies. A program may use both side by side.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="async"}
 *
 * <p><b>Order.</b> Calls take effect in the order in which a thread makes them. Messages after {@link #connect()} are
 * sent in the session that it makes, calls after {@link #disconnect()} are refused, messages after {@link #reconnect()}
 * belong to the new session, and after {@link #close()} every call fails. Messages leave in the order of the calls,
 * those of the blocking client included: when a method returns, its message has its place and its data is JSON. While a
 * connect waits for the end of the session before it, later calls of this view wait too.
 *
 * <p><b>Outcome.</b> A future completes with the result of the blocking method, and fails with the exception that the
 * method throws: any {@link BayeuxException}, even one that is known at once. Dependent stages see it wrapped in a
 * {@link java.util.concurrent.CompletionException}, as always. Methods throw exceptions about arguments directly.
 *
 * <p><b>Time.</b> Each wait has the same limit as in the blocking client ({@link Timeouts}). A future completes even if
 * no code looks at it.
 *
 * <p><b>Cancelling</b> a future ends the wait as an interrupt does in the blocking client: the client abandons a
 * connect that this call has started, closes a subscription, withdraws a message that was not sent, and ignores the
 * answer to one that was. The future has then failed with {@link CancellationException}. The same happens when
 * {@link CompletableFuture#orTimeout orTimeout}, {@link CompletableFuture#completeOnTimeout completeOnTimeout} or the
 * program itself completes the future, and when all stages that depend on it were ended in this way.
 *
 * <p><b>Threads.</b> All methods are safe for any number of threads. Each call waits on a separate virtual thread,
 * named {@code bayeux-<client>-async}. Dependent stages run there, and may block and call every method.
 */
public interface AsyncClient {

    /** {@return the client of this view} */
    BayeuxClient blocking();

    /**
     * Connects as {@link BayeuxClient#connect()} does.
     *
     * @return completes when the client is connected
     */
    CompletableFuture<@Nullable Void> connect();

    /**
     * Disconnects as {@link BayeuxClient#disconnect()} does.
     *
     * @return completes when the session has ended, or {@link Timeouts#close()} has passed; never fails
     */
    CompletableFuture<@Nullable Void> disconnect();

    /**
     * Reconnects as {@link BayeuxClient#reconnect()} does.
     *
     * @return completes when the client is connected again
     */
    CompletableFuture<@Nullable Void> reconnect();

    /**
     * Closes the client as {@link BayeuxClient#close()} does.
     *
     * @return completes when everything except the thread that completes it is freed, whichever call began the close,
     *         or when {@link Timeouts#close()} has passed; never fails. A handler that waits for it waits for itself
     */
    CompletableFuture<@Nullable Void> close();

    /**
     * Subscribes as {@link BayeuxClient#subscribe(String, MessageHandler)} does. For other settings use
     * {@link SubscriptionBuilder#startAsync(MessageHandler)}.
     *
     * @param channel a channel or a pattern
     * @param handler called on a virtual thread of the subscription, for one message at a time; perhaps before the
     *            future completes
     * @return completes with the subscription when it is active
     */
    default CompletableFuture<Subscription> subscribe(String channel, MessageHandler<JsonValue> handler) {
        return blocking().subscription(channel).startAsync(handler);
    }

    /**
     * Subscribes as {@link BayeuxClient#subscribe(String, Class, MessageHandler)} does.
     *
     * @param <T> the type of the data
     * @param channel a channel or a pattern
     * @param type a type that the data binding binds, such as a record
     * @param handler as above
     * @return completes with the subscription when it is active
     */
    default <T> CompletableFuture<Subscription> subscribe(String channel, Class<T> type, MessageHandler<T> handler) {
        return blocking().subscription(channel).as(type).startAsync(handler);
    }

    /**
     * Publishes as {@link BayeuxClient#publish(String, Object)} does.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish(String, Object)}; converted to JSON before this method returns
     * @return completes with the server's reply when it has accepted the message
     */
    default CompletableFuture<PublishReply> publish(String channel, @Nullable Object data) {
        return publish(channel, data, null);
    }

    /**
     * Publishes as {@link BayeuxClient#publish(String, Object, Duration)} does.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish(String, Object)}; converted to JSON before this method returns
     * @param limit how long the whole publish may take, more than zero; {@code null} for the limits of the client
     * @return completes with the server's reply when it has accepted the message
     */
    CompletableFuture<PublishReply> publish(String channel, @Nullable Object data, @Nullable Duration limit);

    /**
     * Publishes a batch as {@link BayeuxClient#batch} does.
     *
     * @param messages called once, on this thread, to add messages
     * @return completes with the server's replies, in the order of the messages, when it has accepted all of them
     */
    CompletableFuture<List<PublishReply>> batch(Consumer<PublishBatch> messages);

    /**
     * Calls a service as {@link BayeuxClient#call(String, Object)} does.
     *
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @return completes with the answer's data
     */
    @SuppressWarnings("NullAway") // JSON null is JsonValue.NULL
    default CompletableFuture<JsonValue> call(String channel, @Nullable Object data) {
        return call(channel, data, TypeToken.of(JsonValue.class), null);
    }

    /**
     * Calls a service as {@link BayeuxClient#call(String, Object, Class)} does.
     *
     * @param <T> the type of the answer's data
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @param type a type that the data binding binds, such as a record
     * @return completes with the answer's data, {@code null} if it is JSON null
     */
    default <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, Class<T> type) {
        return call(channel, data, TypeToken.of(type), null);
    }

    /**
     * Calls a service as {@link BayeuxClient#call(String, Object, TypeToken, Duration)} does.
     *
     * @param <T> the type of the answer's data
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @param type a type that the data binding binds
     * @param limit how long the whole call may take, more than zero; {@code null} for {@link Timeouts#reply()}
     * @return completes with the answer's data, {@code null} if it is JSON null
     */
    <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit);

    /**
     * Waits as {@link BayeuxClient#drain} does.
     *
     * @param limit the longest wait
     * @return completes with whether nothing remains
     */
    CompletableFuture<Boolean> drain(Duration limit);

    /**
     * Waits as {@link BayeuxClient#awaitState} does. The future fails with what the condition throws.
     *
     * @param condition tested on the thread of this call, at once and after changes
     * @param limit the longest wait
     * @return completes with the first state that met the condition, or empty if the limit has passed or the client is
     *         closed
     */
    CompletableFuture<Optional<ClientState>> awaitState(Predicate<ClientState> condition, Duration limit);

    /**
     * Waits as {@link BayeuxClient#awaitReady} does.
     *
     * @param limit the longest wait
     * @return completes with whether the client is ready; {@code false} if the limit has passed, or the client was
     *         closed
     */
    CompletableFuture<Boolean> awaitReady(Duration limit);
}
