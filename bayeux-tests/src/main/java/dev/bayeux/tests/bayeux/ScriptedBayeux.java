package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.Responder;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Bayeux server for tests. Left alone it behaves as a CometD server does over long-polling, for any number of
 * sessions: it holds a connect until there is something to deliver, unless the connect asks for {@code timeout} 0 or
 * does not travel alone; it wants its cookie back; {@code /service/echo} delivers data back to its sender. A test makes
 * it differ, message by message, and sees what it received. Safe for concurrent use.
 *
 * {@snippet :
 * try (ScriptedBayeux server = ScriptedBayeux.start()) {
 *     server.next("/meta/connect").amend("""
 *             {"successful":false,"advice":{"reconnect":"handshake"}}""");
 *     client.connect(server.uri());
 *     server.publish("/prices/eu", "{\"p\":3}");
 *     ReceivedMessage connect = server.takeMessage("/meta/connect", Duration.ofSeconds(5));
 * }
 * }
 */
public final class ScriptedBayeux implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Hooks hooks = new Hooks();
    private final MessageLog log = new MessageLog();
    private final BayeuxLogic logic = new BayeuxLogic(this, hooks);
    private final ScriptedPeer peer;

    private ScriptedBayeux(ScriptedPeer peer) {
        this.peer = peer;
    }

    /**
     * Starts over HTTP, on a free port.
     *
     * @return the server; it must be closed
     */
    public static ScriptedBayeux start() {
        return over(ScriptedServer.start());
    }

    /**
     * Plays over a peer.
     *
     * @param peer carries the messages; its {@link Responder} becomes this server, and it is closed with it
     * @return the server; it must be closed
     */
    public static ScriptedBayeux over(ScriptedPeer peer) {
        ScriptedBayeux server = new ScriptedBayeux(peer);
        peer.answerWith(server::answer);
        return server;
    }

    /**
     * {@return where clients find this server}
     */
    public URI uri() {
        return peer.uri();
    }

    /**
     * {@return what carries the messages: its requests, its connections, and what can be done to them}
     */
    public ScriptedPeer peer() {
        return peer;
    }

    /** Closes the port and all connections, forgets all sessions and opens the same port again. */
    public void restart() {
        peer.goDown();
        locked(() -> {
            logic.sessions().forEach(logic::remove);
            return true;
        });
        peer.comeBack();
    }

    @Override
    public void close() {
        peer.close();
    }

    // What differs from the default

    /**
     * {@return what happens to the next messages of a channel; nothing unusual unless it is told}
     *
     * @param channel the channel
     */
    public NextMessages next(String channel) {
        return hooks.next(channel);
    }

    /**
     * Refuses subscriptions and publishes.
     *
     * @param pattern a channel or a pattern
     * @return this
     */
    public ScriptedBayeux deny(String pattern) {
        hooks.denied.add(pattern);
        return this;
    }

    /**
     * Changes all responses from now on.
     *
     * @param tweak the change; it replaces the one before
     * @return this
     */
    public ScriptedBayeux tweak(ReplyTweak tweak) {
        hooks.tweak = tweak;
        return this;
    }

    /**
     * Says how long connects are held; 30 s by default. The advice is not changed by it.
     *
     * @param limit how long
     * @return this
     */
    public ScriptedBayeux hold(Duration limit) {
        hooks.hold = limit;
        return this;
    }

    /**
     * Says what is advised in replies to handshakes and to connects that carry advice themselves.
     *
     * @param json an object, or an empty text for none
     * @return this
     */
    public ScriptedBayeux advice(String json) {
        hooks.advice = json;
        return this;
    }

    /**
     * Says which connection types are offered; {@code websocket}, {@code long-polling} and {@code callback-polling} by default.
     *
     * @param names in this order
     * @return this
     */
    public ScriptedBayeux connectionTypes(String... names) {
        hooks.connectionTypes = List.of(names);
        return this;
    }

    /**
     * Neither sends a cookie nor wants it back, as Faye does.
     *
     * @return this
     */
    public ScriptedBayeux withoutCookies() {
        hooks.cookies = false;
        return this;
    }

    // What the server does by itself

    /**
     * Publishes to all sessions that have subscribed.
     *
     * @param channel the channel
     * @param json the data
     */
    public void publish(String channel, String json) {
        JsonValue data = Templates.parse(json);
        locked(() -> {
            logic.publish(channel, data, null);
            return true;
        });
    }

    /**
     * Sends a message to all sessions, whether they have subscribed or not.
     *
     * @param json the whole message, or anything else that is JSON
     */
    public void push(String json) {
        JsonValue message = Templates.parse(json);
        eachSession(session -> logic.deliver(session, message));
    }

    /**
     * Sends a message to one session.
     *
     * @param clientId the session's client id; without effect if there is none
     * @param json the whole message, or anything else that is JSON
     */
    public void push(String clientId, String json) {
        JsonValue message = Templates.parse(json);
        eachSession(session -> {
            if (session.clientId.equals(clientId)) {
                logic.deliver(session, message);
            }
        });
    }

    /**
     * Answers all held connects at once.
     *
     * @param patch the fields of their successful replies that change; {@code null} removes one
     */
    public void answerHeldConnects(String patch) {
        eachSession(session -> logic.release(session, reply -> Templates.patch(reply, patch)));
    }

    /** Forgets all sessions: held connects and those that come later are told to handshake. */
    public void expireSessions() {
        eachSession(session -> {
            logic.release(session, Replies::withHandshakeAdvice);
            logic.remove(session);
        });
    }

    /** Ends all sessions with a {@code /meta/disconnect} and, for held connects, the advice {@code none}. */
    public void disconnectSessions() {
        eachSession(session -> {
            session.add(Replies.serverDisconnect());
            logic.release(session, Replies::withEndAdvice);
            logic.remove(session);
        });
    }

    // What was seen

    /**
     * {@return all messages so far, in the order of their arrival}
     */
    public List<ReceivedMessage> messages() {
        return log.all();
    }

    /**
     * {@return the messages of one channel so far, in the order of their arrival}
     *
     * @param channel the channel
     */
    public List<ReceivedMessage> messages(String channel) {
        return log.all().stream().filter(message -> message.channel().equals(channel)).toList();
    }

    /**
     * Waits for the next message of a channel that was not taken yet.
     *
     * @param channel the channel
     * @param limit how long to wait
     * @return the oldest of them
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public ReceivedMessage takeMessage(String channel, Duration limit) throws InterruptedException {
        return log.take(channel, limit);
    }

    /**
     * Waits until so many sessions have a held connect.
     *
     * @param count how many
     * @param limit how long to wait
     * @throws AssertionError if there are fewer at the end
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitHeldConnects(int count, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (logic.sessions().stream().filter(BayeuxSession::holds).count() < count) {
                if (left <= 0) {
                    throw new AssertionError("There were no %d held connects within %s; the messages were for %s."
                            .formatted(count, limit, messages().stream().map(ReceivedMessage::channel).toList()));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the client ids of the sessions that there are, the oldest first}
     */
    public List<String> clientIds() {
        return locked(() -> logic.sessions().stream().map(session -> session.clientId).toList());
    }

    /**
     * {@return what all sessions have subscribed to, the oldest first}
     */
    public List<String> subscriptions() {
        return locked(() -> logic.sessions().stream().flatMap(session -> session.subscriptions.stream()).toList());
    }

    /**
     * {@return the largest number of connects that one session had outstanding at the same time: 2 stands for any
     * number above 1}
     */
    public int mostConnectsAtOnce() {
        return locked(logic::mostConnectsAtOnce);
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock held. */
    void changed() {
        changed.signalAll();
    }

    private void eachSession(Consumer<BayeuxSession> action) {
        locked(() -> {
            logic.sessions().forEach(action);
            return true;
        });
    }

    private Answer answer(ReceivedRequest request) {
        List<JsonObject> messages;
        try {
            JsonValue body = request.json();
            messages = body instanceof JsonArray array
                    ? array.getValuesAs(JsonObject.class)
                    : List.of(body.asJsonObject());
        } catch (JsonException | ClassCastException notBayeux) {
            return Answer.status(400);
        }
        return locked(() -> {
            Answer answer = answer(request.headers("Cookie"), messages);
            // Last, so that a test that has seen a message knows that what was planned for it is used up.
            messages.forEach(
                    message -> log.add(new ReceivedMessage(request.number(), request.nanoTime(), message)));
            return answer;
        });
    }

    private Answer answer(List<String> cookies, List<JsonObject> messages) {
        Answer unprocessed = hooks.poll(messages, next -> next.answers);
        if (unprocessed != null) {
            return unprocessed;
        }
        boolean handshake = messages.stream()
                .anyMatch(message -> Channels.HANDSHAKE.equals(message.getString("channel", "")));
        if (messages.isEmpty() || handshake && messages.size() > 1) {
            // CometD's answer to a request that is empty or has a handshake among others.
            return Answer.status(500);
        }
        Function<Reply, Answer> change = hooks.poll(messages, next -> next.changes);
        return logic.process(cookies, messages, change == null ? reply -> reply : change);
    }
}
