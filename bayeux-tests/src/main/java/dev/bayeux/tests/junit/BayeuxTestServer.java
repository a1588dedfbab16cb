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
 * A Bayeux server for the tests of a program that is a client: it sees what the program does, and pushes messages to it.
 * How it can fail is in {@link ServerFaults}.
 *
 * <p>Left alone it behaves as a CometD server does, for any number of clients: it accepts everything, delivers what is
 * published to all who have subscribed, and holds a connect for up to 30 s until there is something to deliver. It
 * acknowledges and replays nothing. {@link BayeuxServer} starts and ends it; without JUnit there is {@link #start()}.
 * Data is bound by {@code JsonbBuilder.create()}, for which {@code bayeux-core} brings a provider.
 *
 * <p>Methods that wait do so for up to 10 s unless {@link #waitAtMost} says otherwise, and end with an
 * {@link AssertionError} that shows the last messages. Safe for use by any number of threads.
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
     * {@return where clients find this server; the same for as long as it lives}
     */
    public URI uri() {
        return scripted.uri();
    }

    /**
     * {@return the ways in which this server can fail}
     */
    public ServerFaults faults() {
        return faults;
    }

    /**
     * {@return the server behind this one, for what is not offered here; see also its {@link ScriptedBayeux#peer()}}
     */
    public ScriptedBayeux scripted() {
        return scripted;
    }

    /**
     * Sets how long methods wait that wait.
     *
     * @param limit the longest wait; 10 s at first
     * @return this
     */
    public BayeuxTestServer waitAtMost(Duration limit) {
        patience = limit;
        return this;
    }

    // What the server does

    /**
     * Publishes to all clients that have subscribed. Waits until there is one, so that nothing is lost while a client
     * connects or comes back.
     *
     * @param channel the channel
     * @param data anything that JSON-B binds, such as a record, a {@code Map}, a text; or a {@link JsonValue}
     * @throws AssertionError if nobody has subscribed in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void push(String channel, @Nullable Object data) throws InterruptedException {
        String json = Data.json(data);
        scripted.awaitSubscription(channel, patience);
        scripted.publish(channel, json);
    }

    /**
     * Publishes to the clients that are subscribed now, be it nobody.
     *
     * @param channel the channel
     * @param data as in {@link #push}
     * @return how many sessions get it; one whose client is gone counts until it is ended or expired
     */
    public int pushNow(String channel, @Nullable Object data) {
        return scripted.publish(channel, Data.json(data));
    }

    /**
     * Answers calls from now on. What the function throws makes the request end with HTTP status 500, and the test fail.
     *
     * @param channel a channel below {@code /service/}
     * @param answer gives the answer to what was asked, as in {@link #push}; must not block
     * @return this
     */
    public BayeuxTestServer onCall(String channel, Function<JsonValue, ? extends @Nullable Object> answer) {
        scripted.service(channel, asked -> Data.parsed(Data.json(answer.apply(asked))));
        return this;
    }

    // What the server has seen

    /**
     * {@return what clients are subscribed to now, channels and patterns, the oldest first}
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
     * Waits until a client has nothing to say and waits for messages: it is connected, and the server holds its connect.
     *
     * @throws AssertionError if there is none in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitWaitingClient() throws InterruptedException {
        scripted.awaitHeldConnects(1, patience);
    }

    /**
     * Takes the oldest message that clients have sent to a channel, and waits for one if there is none. Each is taken
     * once. What was refused counts as well.
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
     * {@link #take} for the data of a message that the server accepted: messages that it refused are passed over.
     *
     * @param <T> what the data becomes
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
     * {@return the last messages in both directions, a line for each; without client ids and without what handshakes bring
     * in {@code ext}}
     */
    public String conversation() {
        return String.join(System.lineSeparator(), scripted.conversation());
    }

    /** Ends the server: no thread and no socket stays. May be called again. */
    @Override
    public void close() {
        scripted.close();
    }
}
