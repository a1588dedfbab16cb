package dev.bayeux.api;

import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Connects a program to a Bayeux server and keeps a session alive, through lost connections and server restarts, for as
 * long as the program wants.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="client"}
 *
 * <p><b>Life.</b> {@link #connect()} makes a session, {@link #disconnect()} ends it, and {@link #connect()} makes
 * another. {@link #close()} disconnects and frees everything; a closed client stays closed. A program may call each of them
 * in every state, on any thread, and inside every callback.
 *
 * <p><b>Subscriptions are durable.</b> A subscription lasts until it is closed. The client restores it after every new
 * handshake, before it reports itself as connected, and in the next {@link #connect()} after a {@link #disconnect()}.
 *
 * <p><b>Order.</b> Messages are sent in the order in which {@code publish}, {@code call}, {@code batch} and
 * {@code subscribe} were called, by any number of threads. Messages that wait to be sent travel together. Messages of
 * one subscription arrive in the order in which the server sent them, even if the subscription has several channels.
 * The order between subscriptions is not defined.
 *
 * <p><b>What is promised.</b> The server processes a publish at most once: this library sends it again only if the server
 * has certainly not processed it, as when it does not know the session. If a publish fails, its exception says whether the
 * server can have processed it. A message that others publish while no session exists is lost unless the server keeps it.
 * With a server that keeps messages, and {@link ClientBuilder#replay}, each message is handled at least once.
 *
 * <p><b>Threads.</b> All methods are safe for any number of threads, virtual or not. Methods that wait for the server
 * declare {@link InterruptedException}, and each wait has a limit from {@link Timeouts}. Handlers and listeners run on
 * separate virtual threads, named after the client. A handler that sleeps delays only its own subscription, until the queue
 * of that subscription is full: with {@link Overflow#PAUSE}, the default, the client then asks the server for no more.
 *
 * <p><b>Errors.</b> A call returns on success and throws a subclass of {@link dev.bayeux.api.error.BayeuxException} on
 * failure. A failure that no caller waits for becomes a {@link ClientEvent}.
 */
public interface BayeuxClient extends AutoCloseable {

    /**
     * Connects with the default settings and the one transport on the class path or module path.
     *
     * @param uri the server's address, {@code http} or {@code https}; {@code ws} and {@code wss} mean the same
     * @return a connected client
     * @throws ConfigurationException if there is no engine, no transport, or more than one
     * @throws HandshakeException if the client got no session within {@link Timeouts#connectCall()}
     * @throws IllegalArgumentException if the address has another scheme, or no host
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    static BayeuxClient connect(URI uri) throws InterruptedException {
        return builder(uri).connect();
    }

    /**
     * Starts to configure a client.
     *
     * @param uri the server's address, {@code http} or {@code https}; {@code ws} and {@code wss} mean the same
     * @param others further servers to try in this order, as described in {@link #builder(Endpoint, Endpoint...)}
     * @return a builder with all settings at their defaults
     * @throws IllegalArgumentException if an address has another scheme, or no host
     */
    static ClientBuilder builder(URI uri, URI... others) {
        return new ClientBuilder(Stream.concat(Stream.of(uri), Stream.of(others)).map(Endpoint::of).toList());
    }

    /**
     * Starts to configure a client of several servers with failover.
     *
     * <p>The client tries the servers in order, each once, until one grants a session. If none does, it waits for the
     * {@link Backoff} and tries all again. It stays with the server that granted the session, for new sessions too. It
     * leaves that server when a handshake fails. It also leaves it if another server has not asked for a wait
     * ({@code Retry-After}), when three connects in a row got no answer or the server asks for a wait longer than
     * {@link Backoff#maximum()}. It then continues with the next server in order, and after the last with the first.
     *
     * <p>A session does not move between servers. The client makes a new session with all subscriptions; with
     * {@link ClientBuilder#replay} each resumes from its position. All servers receive credentials and headers.
     * {@link #connect()} begins with the first server, and {@link #reconnect()} returns to it.
     *
     * @param preferred the server to begin with
     * @param others the other servers, in order
     * @return a builder with all settings at their defaults
     */
    static ClientBuilder builder(Endpoint preferred, Endpoint... others) {
        return new ClientBuilder(Stream.concat(Stream.of(preferred), Stream.of(others)).toList());
    }

    /**
     * Makes a session: handshake, waiting subscriptions, first connect (Bayeux 1.0, "handshake", "connect"). Returns at
     * once if the client is connected, and joins an attempt that is in progress. Failures that may pass are retried
     * after the {@link Backoff}, within {@link Timeouts#connectCall()}. The attempt that a connect call
     * has started continues while any connect call waits for it. When the last of them does not return normally, the
     * client abandons the attempt and stops retrying. An attempt that no connect call has started continues.
     *
     * @throws HandshakeException if the server refused and a retry cannot help, or the time has passed; the cause says why
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted
     */
    void connect() throws InterruptedException;

    /**
     * Ends the session and keeps the subscriptions for the next {@link #connect()}. Messages that are queued and not
     * yet sent fail as not sent. Does nothing if there is no session. Returns when the server has answered and the last
     * connect has ended, or after {@link Timeouts#close()}, whichever is first. An interrupt ends the wait early and
     * leaves the interrupt flag set.
     */
    void disconnect();

    /**
     * Ends the session on this side at once and sends the server nothing, not even a {@code /meta/disconnect}. The client
     * abandons requests in flight, and their publishes fail. Keeps the subscriptions for the next {@link #connect()}. The server
     * keeps the session, and what it would deliver, until its {@code maxInterval} has passed. For programs that must leave
     * without waiting for a server that does not answer, and for tests of what happens to a client that is killed.
     * {@link #close()} after it sends nothing either. Returns at once. Does nothing if there is no session and none is
     * being made.
     */
    void abort();

    /**
     * Calls {@link #disconnect()} and {@link #connect()}, which makes a new session with the same subscriptions.
     *
     * @throws HandshakeException as {@link #connect()}
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted
     */
    void reconnect() throws InterruptedException;

    /**
     * Stops all requests and keeps the session, the subscriptions, and the aim to be connected. For programs that know
     * that there is no network for a while, or that should be quiet in the background of a device. Closes the
     * connections, except for a request with messages that is in flight. Over a WebSocket, messages without a reply
     * fail. Later publishes wait, for as long as {@link Timeouts#send()} allows. Returns at once. Does nothing if there
     * is no session and none is being made.
     *
     * <p>The server does not notice the suspension. It keeps deliveries for as long as it keeps a session without a connect:
     * by default 10 s for CometD, 40 s for Salesforce, and two minutes for Faye. After a longer time {@link #resume()}
     * finds no session and makes a new one.
     */
    void suspend();

    /**
     * Continues after {@link #suspend()} with the same session if the server still has it, otherwise with a new session
     * and all subscriptions. The client asks the server at once, but not before the end of a wait that the server has
     * asked for, and only once within one {@link Backoff#increment()}. {@link #connect()} does the same and waits for
     * the result. Returns at once. Does nothing if the client is not suspended.
     */
    void resume();

    /**
     * Replaces a connection that may be dead: abandons the connect request in flight and sends another over a new
     * connection, with the same session. For programs that learn of a change of the network; the client does the same
     * by itself when it detects that the machine has slept. Ends the client's own waits, but no wait that the server has
     * asked for. Returns at once; events report the result. Does nothing within one
     * {@link Backoff#increment()} of another call, while there is no session and none is being made, and while the
     * client is suspended.
     */
    void checkConnection();

    /**
     * Disconnects and frees everything: no thread, connection or timer of this client remains. Handlers may finish the
     * messages that have been received, within {@link Timeouts#close()}; after that they are interrupted. A call inside
     * a handler does not wait for that handler. A further call only waits, within the same limit, until the first has
     * freed everything. It returns at once inside a callback for which the first call waits. An interrupt ends the wait
     * early and leaves the interrupt flag set.
     */
    @Override
    void close();

    /**
     * Subscribes and calls the handler for each message, with data as a JSON value that is parsed on first use.
     *
     * @param channel a channel such as {@code /chat/demo}, or a pattern: {@code /chat/*} matches one more segment,
     *            {@code /chat/**} one or more
     * @param handler called on a virtual thread of this subscription, for one message at a time
     * @return the subscription, active: the server has agreed
     * @throws SubscribeException if the server refuses, or does not answer in time
     * @throws DisconnectedException if there is no session and none is being made
     * @throws ClientClosedException if this client is closed
     * @throws IllegalArgumentException if the channel breaks the {@link ChannelRules}
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default Subscription subscribe(String channel, MessageHandler<JsonValue> handler) throws InterruptedException {
        return subscription(channel).start(handler);
    }

    /**
     * Subscribes and calls the handler for each message, with data bound to a type.
     *
     * @param <T> the type of the data
     * @param channel as in {@link #subscribe(String, MessageHandler)}
     * @param type a type that the data binding binds, such as a record
     * @param handler called on a virtual thread of this subscription, for one message at a time; a message that cannot
     *            be bound is reported as {@link ClientEvent.HandlerFailed} and skipped
     * @return the subscription, active
     * @throws SubscribeException as in {@link #subscribe(String, MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default <T> Subscription subscribe(String channel, Class<T> type, MessageHandler<T> handler)
            throws InterruptedException {
        return subscription(channel).as(type).start(handler);
    }

    /**
     * Subscribes so that the program pulls messages, with data as a JSON value that is parsed on first use.
     *
     * @param channel as in {@link #subscribe(String, MessageHandler)}
     * @return the subscription, active
     * @throws SubscribeException as in {@link #subscribe(String, MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default PullSubscription<JsonValue> subscribe(String channel) throws InterruptedException {
        return subscription(channel).start();
    }

    /**
     * Subscribes so that the program pulls messages, with data bound to a type.
     *
     * @param <T> the type of the data
     * @param channel as in {@link #subscribe(String, MessageHandler)}
     * @param type a type that the data binding binds, such as a record
     * @return the subscription, active
     * @throws SubscribeException as in {@link #subscribe(String, MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default <T> PullSubscription<T> subscribe(String channel, Class<T> type) throws InterruptedException {
        return subscription(channel).as(type).start();
    }

    /**
     * Starts to describe a subscription with further settings: several channels in one order, its own queue, a
     * position.
     *
     * @param channels at least one channel or pattern
     * @return a builder; the client sends nothing before {@code start}
     * @throws IllegalArgumentException if a channel breaks the {@link ChannelRules}, or there is none
     */
    SubscriptionBuilder<JsonValue> subscription(String... channels);

    /**
     * Publishes a message and waits until the server has accepted it.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data a value that the data binding binds, a {@code Map}, a {@link JsonValue},
     *            {@link RawJson}, {@link BinaryData}, or {@code null} for JSON null; converted to JSON before this method
     *            waits
     * @return the server's reply, which accepts the message
     * @throws PublishException if the server has not accepted it; the {@linkplain PublishException#outcome() outcome}
     *             says whether the server can have processed it
     * @throws PayloadException if the data cannot be converted to JSON; nothing is sent
     * @throws ClientClosedException if this client is closed
     * @throws IllegalArgumentException if the channel breaks the {@link ChannelRules}, is a pattern or is below
     *             {@code /meta/}
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    default PublishReply publish(String channel, @Nullable Object data) throws InterruptedException {
        return publish(channel, data, null);
    }

    /**
     * Publishes a message like {@link #publish(String, Object)}, with a separate limit.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link #publish(String, Object)}
     * @param limit how long the whole publish may take, including the wait to be sent; more than zero; {@code null} for
     *            {@link Timeouts#send()} and then {@link Timeouts#reply()}
     * @return the server's reply, which accepts the message
     * @throws PublishException if the server has not accepted it within the limit; the outcome says whether the message
     *             was sent
     * @throws IllegalArgumentException if the limit is not more than zero; and as above
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    PublishReply publish(String channel, @Nullable Object data, @Nullable Duration limit) throws InterruptedException;

    /**
     * Publishes several messages in one request and waits until the server has answered all of them. Uses several
     * requests if the messages exceed {@link Limits#maxRequestBytes()} or the capacity of the transport.
     *
     * @param messages called once, on this thread, to add messages; the client sends nothing before it returns, and
     *            nothing at all if it throws
     * @return the server's replies, in the order of the messages
     * @throws BatchException if the server has not accepted some of them; the exception names each
     * @throws PayloadException if some data cannot be converted to JSON; nothing is sent
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted; messages may have been sent
     */
    List<PublishReply> batch(Consumer<PublishBatch> messages) throws InterruptedException;

    /**
     * Returns the outbox, which retries publishes through outages.
     *
     * @return the outbox, the same at each call
     * @throws IllegalStateException if the client was built without {@link ClientBuilder#outbox}
     */
    Outbox outbox();

    /**
     * Waits until every publish and call of every thread is settled and the {@linkplain #outbox() outbox} is empty.
     * Settled means accepted, refused or abandoned. Call it before {@link #close()}, which abandons the rest. Messages
     * that are published during the wait are included.
     *
     * @param limit the longest wait; zero or less checks once
     * @return whether nothing remains
     * @throws InterruptedException if the thread is interrupted
     */
    boolean drain(Duration limit) throws InterruptedException;

    /**
     * Publishes to a service channel and waits for the answer. The answer is the next message with the request's id.
     * Calls from several threads are sent together once an answer on that channel has had an id.
     *
     * <p>A service may answer without ids, as CometD's {@code ServerSession.deliver} does. Then the answer is the next
     * message on that channel. No call gets the answer to another: the client sends one call at a time there, the others
     * wait within their limits, and other messages overtake them. If a call ends without its answer, that answer may still
     * come. Until it has come, or a new session begins, further calls on that channel fail at their limits with outcome
     * {@code NOT_SENT} and a text that says so. If no answer on that channel has come before, the next call is sent, since
     * its answer may have an id. If that answer has none, the call fails with outcome {@code UNKNOWN}.
     *
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @return the answer's data
     * @throws PublishException if the server refused, or no answer came within {@link Timeouts#reply()}
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    default JsonValue call(String channel, @Nullable Object data) throws InterruptedException {
        JsonValue answer = call(channel, data, JsonValue.class);
        return answer == null ? JsonValue.NULL : answer;
    }

    /**
     * Publishes to a service channel like {@link #call(String, Object)} and binds the answer to a type.
     *
     * @param <T> the type of the answer's data
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @param type a type that the data binding binds, such as a record
     * @return the answer's data, {@code null} if it is JSON null
     * @throws PublishException if the server refused, or no answer came within {@link Timeouts#reply()}
     * @throws PayloadException if the data cannot be converted to JSON, or the answer cannot be bound
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    default <T> @Nullable T call(String channel, @Nullable Object data, Class<T> type) throws InterruptedException {
        return call(channel, data, TypeToken.of(type), null);
    }

    /**
     * Publishes to a service channel like {@link #call(String, Object)}, binds the answer to a type with parameters,
     * and has a separate limit.
     *
     * @param <T> the type of the answer's data
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish(String, Object)}
     * @param type a type that the data binding binds, such as {@code new TypeToken<List<Order>>() {}}
     * @param limit how long the whole call may take, including the wait to be sent; more than zero; {@code null} for
     *            {@link Timeouts#reply()}
     * @return the answer's data, {@code null} if it is JSON null
     * @throws PublishException if the server refused, or no answer came within the limit
     * @throws PayloadException if the data cannot be converted to JSON, or the answer cannot be bound
     * @throws IllegalArgumentException if the channel is not below {@code /service/}, or the limit not more than zero
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    <T> @Nullable T call(String channel, @Nullable Object data, TypeToken<T> type, @Nullable Duration limit)
            throws InterruptedException;

    /** {@return the asynchronous view of this client, whose calls do not wait} */
    AsyncClient async();

    /** {@return the current state, with the last failure and the time of the next attempt} */
    ClientState state();

    /** {@return whether the status is {@link ConnectionStatus#CONNECTED}} */
    default boolean isConnected() {
        return state().isConnected();
    }

    /** {@return whether this client is connected and every subscription is active, so that it misses no delivery} */
    boolean isReady();

    /**
     * Waits for a state that meets a condition. The call can miss a state that lasts only for a moment; events report
     * all of them. The wait ends once this client is closed and has reached its last state.
     *
     * @param condition tested on this thread, at once and after changes
     * @param limit the longest wait; zero or less tests once
     * @return the first state seen that met the condition, or empty if the limit has passed or no other state will come
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<ClientState> awaitState(Predicate<ClientState> condition, Duration limit) throws InterruptedException;

    /**
     * Waits until {@link #isReady()} returns {@code true}. The wait ends when this client is being closed.
     *
     * @param limit the longest wait; zero or less checks once
     * @return whether it is ready; {@code false} if the limit has passed, or the client was closed
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitReady(Duration limit) throws InterruptedException;

    /**
     * Adds a listener, which receives the events from now on.
     *
     * @param listener called on a virtual thread of this client, for one event at a time; the client logs what it
     *            throws
     * @return a registration; closing it removes the listener
     */
    ListenerRegistration listen(Consumer<? super ClientEvent> listener);

    /**
     * {@return all subscriptions that are not closed, in the order in which they were made}
     */
    List<Subscription> subscriptions();

    /**
     * Returns the id that the server gave to the present session. The id is a secret: anyone who knows it can act as
     * this client. Do not log it.
     *
     * @return the id, or empty if there is no session
     */
    Optional<String> clientId();
}
