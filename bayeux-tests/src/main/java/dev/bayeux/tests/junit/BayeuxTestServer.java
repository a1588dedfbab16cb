package dev.bayeux.tests.junit;

import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.ScriptedServer;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plays a Bayeux server in the tests of a program that is a client: it records the messages of the program, and sends
 * messages to it. {@link ServerFaults} makes it fail.
 *
 * <p>By default it behaves like a CometD server, for any number of clients: it accepts every request, delivers each publish
 * to all subscribers, and holds a connect for up to 30 s until there is a message to deliver. It does not acknowledge or
 * replay. {@link BayeuxServer} starts and ends it; without JUnit use {@link #start()}. It binds data with
 * {@code JsonbBuilder.create()}, for which {@code bayeux-core} brings a provider.
 *
 * <p>Methods that wait have a limit of 10 s, which {@link #waitAtMost} changes; after it they throw an {@link AssertionError}
 * that shows the last messages. Safe for use by any number of threads.
 */
public final class BayeuxTestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScriptedServer http = ScriptedServer.start();
    private final ScriptedBayeux scripted = ScriptedBayeux.over(http);
    private final ServerFaults faults = new ServerFaults(scripted, http);
    private volatile Duration patience = PATIENCE;

    private BayeuxTestServer() {
    }

    /**
     * Starts a server on a free port of the loopback interface.
     *
     * @return the server; it must be closed
     */
    public static BayeuxTestServer start() {
        return new BayeuxTestServer();
    }

    /**
     * {@return the address of this server, which never changes}
     */
    public URI uri() {
        return scripted.uri();
    }

    /**
     * {@return the faults that a test can make this server have}
     */
    public ServerFaults faults() {
        return faults;
    }

    /**
     * {@return the scripted server that this one uses, for what this class does not offer; see also its {@link
     * ScriptedBayeux#peer()}}
     */
    public ScriptedBayeux scripted() {
        return scripted;
    }

    /**
     * Sets the limit of methods that wait.
     *
     * @param limit the longest wait; default 10 s
     * @return this
     */
    public BayeuxTestServer waitAtMost(Duration limit) {
        patience = limit;
        return this;
    }

    // Sending

    /**
     * Publishes to all clients that have subscribed. Waits until one has, so that no message is lost while a client connects.
     *
     * @param channel the channel
     * @param data anything that JSON-B binds, such as a record, a {@code Map}, a text; or a {@link JsonValue}
     * @throws AssertionError if no client has subscribed in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void push(String channel, @Nullable Object data) throws InterruptedException {
        String json = Data.json(data);
        scripted.awaitSubscription(channel, patience);
        scripted.publish(channel, json);
    }

    /**
     * Publishes to the clients that are subscribed now, even if there is none.
     *
     * @param channel the channel
     * @param data as in {@link #push}
     * @return how many sessions receive it; the session of a client that is gone counts until it ends or expires
     */
    public int pushNow(String channel, @Nullable Object data) {
        return scripted.publish(channel, Data.json(data));
    }

    /**
     * Answers calls from now on. If the function throws, the request ends with HTTP status 500, and the test fails.
     *
     * @param channel a channel below {@code /service/}
     * @param answer returns the answer to the data of a call, as in {@link #push}; must not block
     * @return this
     */
    public BayeuxTestServer onCall(String channel, Function<JsonValue, ? extends @Nullable Object> answer) {
        scripted.service(channel, asked -> Data.parsed(Data.json(answer.apply(asked))));
        return this;
    }

    // Receiving

    /**
     * {@return the channels and patterns to which clients are subscribed now, the oldest first}
     */
    public List<String> subscriptions() {
        return scripted.subscriptions();
    }

    /**
     * Waits until a client is subscribed.
     *
     * @param channel a channel, which a subscription must cover, or a pattern that must be subscribed
     * @throws AssertionError if there is none in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitSubscription(String channel) throws InterruptedException {
        scripted.awaitSubscription(channel, patience);
    }

    /**
     * Waits until a client is connected and idle: the server holds its connect.
     *
     * @throws AssertionError if there is none in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitWaitingClient() throws InterruptedException {
        scripted.awaitHeldConnects(1, patience);
    }

    /**
     * Takes the oldest message that clients have sent to a channel, and waits for one if there is none. Takes each message
     * once, also those that the server refused.
     *
     * @param channel the channel, such as {@code /orders}, {@code /service/sum} or {@code /meta/handshake}
     * @return the message
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public ReceivedMessage take(String channel) throws InterruptedException {
        try {
            return scripted.takeMessage(channel, patience);
        } catch (AssertionError none) {
            throw nobody(channel, "sent", none);
        }
    }

    private AssertionError nobody(String channel, String done, AssertionError none) {
        return new AssertionError("Nobody has %s a message to %s within %s. The last messages:%n%s".formatted(done,
                channel, patience, conversation()), none);
    }

    /**
     * Takes the data of the oldest message that the server has accepted, as {@link #take} does, and skips messages that it
     * refused.
     *
     * @param <T> the type of the data
     * @param channel the channel
     * @param type a type that JSON-B binds, or {@link JsonValue}
     * @return the data, {@code null} if it is JSON null
     * @throws AssertionError if none came in time
     * @throws jakarta.json.bind.JsonbException if the data cannot be bound
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> @Nullable T takeData(String channel, Class<T> type) throws InterruptedException {
        ReceivedMessage accepted;
        try {
            accepted = scripted.takeAcceptedMessage(channel, patience);
        } catch (AssertionError none) {
            throw nobody(channel, "successfully sent", none);
        }
        return Data.bound(accepted.json().getOrDefault("data", JsonValue.NULL), type);
    }

    /**
     * {@return all messages that clients have sent to a channel, taken or not, in the order of their arrival}
     *
     * @param channel the channel
     */
    public List<ReceivedMessage> received(String channel) {
        return scripted.messages(channel);
    }

    /**
     * {@return the last messages in both directions, one line each; without client ids and without the {@code ext} of
     * handshakes}
     */
    public String conversation() {
        return String.join(System.lineSeparator(), scripted.conversation());
    }

    /** Ends the server with all its threads and sockets. May be called again. */
    @Override
    public void close() {
        scripted.close();
    }
}
