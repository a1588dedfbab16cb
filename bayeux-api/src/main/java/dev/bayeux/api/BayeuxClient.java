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
 * A client of one Bayeux server: it keeps a session alive, through lost connections and server restarts, for as long as
 * the program wants.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="client"}
 *
 * <p><b>Life.</b> {@link #connect()} makes a session, {@link #disconnect()} ends it, {@link #connect()} makes another.
 * {@link #close()} disconnects and frees everything, for good. Each may be called in every state, on any thread, and
 * inside every callback.
 *
 * <p><b>Subscriptions are durable.</b> A subscription lasts until it is closed. It is made again after every new
 * handshake, before the client calls itself connected, and after a {@link #disconnect()} the next {@link #connect()}
 * brings it back.
 *
 * <p><b>Order.</b> Messages are sent in the order in which {@code publish}, {@code call}, {@code batch} and
 * {@code subscribe} were called, whatever the number of threads; those that are waiting travel together. Messages of
 * one subscription arrive in the order in which the server sent them, also if it names several channels. Between
 * subscriptions no order is promised.
 *
 * <p><b>What is promised.</b> A publish is sent at most once: it is never repeated by this library, and its exception
 * tells whether the server can have seen it. A message that the server sent while no connection existed is lost unless
 * the server keeps it; with a server that does, and {@link ClientBuilder#replay}, messages are handled at least once.
 *
 * <p><b>Threads.</b> All methods may be called by any number of threads, virtual or not. Methods that wait for the
 * server declare {@link InterruptedException}; each wait has a limit from {@link Timeouts}. Handlers and listeners run
 * on virtual threads of their own, named after the client: a handler that sleeps delays its own subscription and
 * nothing else.
 *
 * <p><b>Errors.</b> Success returns and failure throws, one of {@link dev.bayeux.api.error.BayeuxException}'s family.
 * What nobody waits for becomes a {@link ClientEvent}.
 */
public interface BayeuxClient extends AutoCloseable {

    /**
     * Connects with all settings at their defaults and the one transport found on the class path or module path.
     *
     * @param uri where the server is, {@code http} or {@code https}
     * @return a connected client
     * @throws ConfigurationException if there is no engine, no transport, or more than one
     * @throws HandshakeException if no session could be had within {@link Timeouts#connect()}
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    static BayeuxClient connect(URI uri) throws InterruptedException {
        return builder(uri).connect();
    }

    /**
     * Starts to configure a client.
     *
     * @param uri where the server is, {@code http} or {@code https}
     * @param others where to go on, in this order, if it cannot be reached there, as told in
     *            {@link #builder(Endpoint, Endpoint...)}
     * @return a builder with all settings at their defaults
     * @throws IllegalArgumentException if an address has another scheme, or no host
     */
    static ClientBuilder builder(URI uri, URI... others) {
        return new ClientBuilder(Stream.concat(Stream.of(uri), Stream.of(others)).map(Endpoint::of).toList());
    }

    /**
     * Starts to configure a client of servers that stand in for one another.
     *
     * <p>The client tries them in order, each once, until one gives it a session; if none does it waits for the
     * {@link Backoff} and goes round again. It stays with the one that has given it a session, also in new sessions,
     * until that fails it: a handshake that fails, or three connects in a row that are not answered, where another server
     * does not want to be left alone ({@code Retry-After}). Then it goes on
     * with the next in order, behind the last of them with the first. A session does not move between servers: there is
     * a new one, with all subscriptions, and with {@link ClientBuilder#replay} from where each has come to. Credentials
     * and headers go to all of them. {@link #connect()} begins with the first; {@link #reconnect()} goes back to it.
     *
     * @param preferred the one to begin with
     * @param others the others, in order
     * @return a builder with all settings at their defaults
     */
    static ClientBuilder builder(Endpoint preferred, Endpoint... others) {
        return new ClientBuilder(Stream.concat(Stream.of(preferred), Stream.of(others)).toList());
    }

    /**
     * Makes a session: handshake, subscriptions that are waiting, first connect (Bayeux 1.0, "handshake", "connect").
     * Returns at once if the client is connected, and joins the attempt if one is under way. Failures that may pass are
     * retried after the {@link Backoff}, within {@link Timeouts#connect()}. If this call does not return normally, the
     * attempt that it has started is given up, and nothing goes on trying; an attempt that was under way before goes on.
     *
     * @throws HandshakeException if the server refused for good, or the time has passed; the cause tells why
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted
     */
    void connect() throws InterruptedException;

    /**
     * Ends the session politely and keeps the subscriptions for the next {@link #connect()}. What is queued and not yet
     * sent fails as not sent. Does nothing if there is no session. Returns when the server has answered and the last
     * connect has ended, or after {@link Timeouts#close()}, whichever is first. An interrupt cuts the wait short; the
     * flag is kept.
     */
    void disconnect();

    /**
     * {@link #disconnect()} and {@link #connect()}: a new session with the same subscriptions.
     *
     * @throws HandshakeException as {@link #connect()}
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted
     */
    void reconnect() throws InterruptedException;

    /**
     * Stops asking the server, and keeps the session, the subscriptions, and the wish to be connected: for a program
     * that knows that there is no network for a while, or shall rest in the background of a device. Connections are
     * closed, but for a request with messages that is on its way; over a WebSocket what is not answered fails. What is
     * published from now on waits, for as long as {@link Timeouts#send()} allows. Returns at once.
     *
     * <p>The server does not know of it. It keeps what it would have delivered for as long as it keeps the session, which
     * is its {@code maxInterval} (10 s for CometD, about as long for others): after a longer time {@link #resume()} finds
     * no session, and makes a new one. Does nothing if there is no session and none is being made.
     */
    void suspend();

    /**
     * Goes on after {@link #suspend()}: with the same session if the server still has it, otherwise with a new one and all
     * subscriptions. The server is asked at once, but not before the end of a wait that it has asked for, and only once
     * within one {@link Backoff#increment()}. {@link #connect()} does the same, and waits. Returns at once; does nothing if
     * the client is not suspended.
     */
    void resume();

    /**
     * Finds out now whether the server can be reached: gives up the connect that is waiting for the server's answer, over
     * a connection that may be dead, and makes another one at once, with the same session. Waits for the next attempt are
     * cut short, but not below what the server itself has asked for. For programs that hear of a change of the network;
     * the client itself does the same when the machine has slept, as far as its clocks show that. Returns at once; what
     * comes of it is told as usual. A call within one {@link Backoff#increment()} of another does nothing, and neither does
     * one while there is no session and none is being made, or the client is suspended.
     */
    void checkConnection();

    /**
     * Disconnects and frees everything: no thread, connection or timer of this client is left. Handlers may finish what
     * has been received, within {@link Timeouts#close()}; after that they are interrupted. Called inside a handler it
     * does not wait for that handler. May be called again, which does nothing but wait, within the same limit, until the
     * first call has freed everything; inside a callback for which that call waits, it returns at once. An interrupt cuts
     * the waiting short; the flag is kept.
     */
    @Override
    void close();

    /**
     * Subscribes and hands each message to the handler, data as a JSON value that is parsed when it is asked for.
     *
     * @param channel a channel such as {@code /chat/demo}, or a pattern: {@code /chat/*} is one segment more,
     *            {@code /chat/**} one or more
     * @param handler called on a virtual thread of this subscription, one message after the other
     * @return the subscription, active: the server has said yes
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
     * Subscribes and hands each message to the handler, data bound to a type.
     *
     * @param <T> what the data of a message becomes
     * @param channel as in {@link #subscribe(String, MessageHandler)}
     * @param type a type that JSON-B binds, such as a record
     * @param handler called on a virtual thread of this subscription, one message after the other; a message that
     *            cannot be bound is reported as {@link ClientEvent.HandlerFailed} and left out
     * @return the subscription, active
     * @throws SubscribeException as in {@link #subscribe(String, MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default <T> Subscription subscribe(String channel, Class<T> type, MessageHandler<T> handler)
            throws InterruptedException {
        return subscription(channel).as(type).start(handler);
    }

    /**
     * Subscribes to pull messages, data as a JSON value that is parsed when it is asked for.
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
     * Subscribes to pull messages, data bound to a type.
     *
     * @param <T> what the data of a message becomes
     * @param channel as in {@link #subscribe(String, MessageHandler)}
     * @param type a type that JSON-B binds, such as a record
     * @return the subscription, active
     * @throws SubscribeException as in {@link #subscribe(String, MessageHandler)}, and so the others
     * @throws InterruptedException if the thread is interrupted; the subscription is then closed
     */
    default <T> PullSubscription<T> subscribe(String channel, Class<T> type) throws InterruptedException {
        return subscription(channel).as(type).start();
    }

    /**
     * Starts to describe a subscription to several channels in one order, or with a queue of its own kind.
     *
     * @param channels at least one channel or pattern
     * @return what to finish with {@code start}; nothing is sent before
     * @throws IllegalArgumentException if a channel breaks the {@link ChannelRules}, or there is none
     */
    SubscriptionBuilder<JsonValue> subscription(String... channels);

    /**
     * Publishes and waits until the server has accepted the message.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data anything JSON-B binds, a {@code Map}, a {@link JsonValue}, {@link BinaryData}, or {@code null} for
     *            JSON null; turned into JSON before this method waits for anything
     * @throws PublishException if it was not accepted; its {@linkplain PublishException#outcome() outcome} says whether
     *             the server can have processed it
     * @throws PayloadException if the data cannot be turned into JSON; nothing is sent
     * @throws ClientClosedException if this client is closed
     * @throws IllegalArgumentException if the channel cannot be published to
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    void publish(String channel, @Nullable Object data) throws InterruptedException;

    /**
     * Publishes several messages in one request (in several if they are larger than {@link Limits#maxRequestBytes()}
     * or than the transport carries at once) and waits until the server has answered all of them.
     *
     * @param messages called once, on this thread, to say what to publish; nothing is sent before it returns, and
     *            nothing at all if it throws
     * @throws BatchException if some were not accepted; it names each
     * @throws PayloadException if some data cannot be turned into JSON; nothing is sent
     * @throws ClientClosedException if this client is closed
     * @throws InterruptedException if the thread is interrupted; messages may have been sent
     */
    void batch(Consumer<PublishBatch> messages) throws InterruptedException;

    /**
     * {@return what publishes through outages, the same at each call}
     *
     * @throws IllegalStateException if the client was built without {@link ClientBuilder#outbox}
     */
    Outbox outbox();

    /**
     * Waits until everything that this client was asked to publish or call is settled, by whatever thread, and its
     * {@linkplain #outbox() outbox} is empty: accepted, refused or given up. To be called before {@link #close()}, which
     * gives up what is left. What is handed in meanwhile is waited for as well.
     *
     * @param limit the longest wait; zero or less asks once
     * @return whether nothing is left
     * @throws InterruptedException if the thread is interrupted
     */
    boolean drain(Duration limit) throws InterruptedException;

    /**
     * Publishes to a service channel and waits for the answer: the next message with the request's id or, from servers
     * that do not repeat ids, the next one on that channel that no earlier call waits for.
     *
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @return the answer's data
     * @throws PublishException if the server refused, or no answer came within {@link Timeouts#reply()}
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    default JsonValue call(String channel, @Nullable Object data) throws InterruptedException {
        JsonValue answer = call(channel, data, JsonValue.class);
        return answer == null ? JsonValue.NULL : answer;
    }

    /**
     * {@link #call(String, Object)} with an answer bound to a type.
     *
     * @param <T> what the answer's data becomes
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @param type a type that JSON-B binds, such as a record
     * @return the answer's data, {@code null} if it is JSON null
     * @throws PublishException if the server refused, or no answer came within {@link Timeouts#reply()}
     * @throws PayloadException if the data cannot be turned into JSON, or the answer cannot be bound
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    default <T> @Nullable T call(String channel, @Nullable Object data, Class<T> type) throws InterruptedException {
        return call(channel, data, TypeToken.of(type), null);
    }

    /**
     * {@link #call(String, Object)} with an answer bound to a type with parameters, and with a limit of its own.
     *
     * @param <T> what the answer's data becomes
     * @param channel a channel below {@code /service/}
     * @param data as in {@link #publish}
     * @param type a type that JSON-B binds, such as {@code new TypeToken<List<Order>>() {}}
     * @param limit how long the whole may take, waiting to be sent included; more than zero; {@code null} for
     *            {@link Timeouts#reply()}
     * @return the answer's data, {@code null} if it is JSON null
     * @throws PublishException if the server refused, or no answer came within the limit
     * @throws PayloadException if the data cannot be turned into JSON, or the answer cannot be bound
     * @throws IllegalArgumentException if the channel is not below {@code /service/}, or the limit not more than zero
     * @throws InterruptedException if the thread is interrupted; the message may have been sent
     */
    <T> @Nullable T call(String channel, @Nullable Object data, TypeToken<T> type, @Nullable Duration limit)
            throws InterruptedException;

    /**
     * {@return the view of this client whose calls do not wait}
     */
    AsyncClient async();

    /**
     * {@return where this client is, and why}
     */
    ClientState state();

    /**
     * {@return whether this client is connected and every subscription is active: nothing that the server sends is
     * missed}
     */
    boolean isReady();

    /**
     * Waits for a state. One that lasts for a moment only can be missed: for all of them there are the events. Once this
     * client is closed, and in the last of its states, the wait ends.
     *
     * @param condition asked on this thread, at once and after changes
     * @param limit the longest wait; zero or less asks once
     * @return the first state seen that met the condition, or empty if the limit has passed or no other state will come
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<ClientState> awaitState(Predicate<ClientState> condition, Duration limit) throws InterruptedException;

    /**
     * Waits until {@link #isReady()}. Once this client is being closed, the wait ends.
     *
     * @param limit the longest wait; zero or less asks once
     * @return whether it is ready; {@code false} if the limit has passed, or the client was closed
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitReady(Duration limit) throws InterruptedException;

    /**
     * Adds a listener.
     *
     * @param listener called on a virtual thread of this client, one event after the other; what it throws is logged
     * @return closing it removes the listener
     */
    ListenerRegistration listen(Consumer<? super ClientEvent> listener);

    /**
     * {@return all subscriptions that are not closed, in the order in which they were made}
     */
    List<Subscription> subscriptions();

    /**
     * Tells the id that the server gave to the present session. Who knows it can speak as this client: it belongs in no
     * log.
     *
     * @return the id, or empty if there is no session
     */
    Optional<String> clientId();
}
