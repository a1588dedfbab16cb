package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Responder;
import dev.bayeux.tests.server.ScriptedPeer;
import dev.bayeux.tests.server.ScriptedServer;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a Bayeux server in tests. By default it behaves like a CometD server over long-polling, for any number of sessions.
 * It holds a connect until there is a message to deliver, unless the connect asks for {@code timeout} 0 or does not travel
 * alone. It requires its cookie. {@code /service/echo} returns data to its sender. A test changes this behaviour message by
 * message, and reads what the server received. Safe for concurrent use.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="scriptedBayeux"}
 */
public final class ScriptedBayeux implements AutoCloseable {

    private final Hooks hooks = new Hooks();
    private final Conversation conversation = new Conversation();
    private final Guard guard = new Guard(conversation);
    private final MessageLog log = new MessageLog();
    private final BayeuxLogic logic = new BayeuxLogic(guard, hooks, conversation);
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
     * Starts over a peer.
     *
     * @param peer carries the messages; its {@link Responder} becomes this server, and it is closed with it
     * @return the server; it must be closed
     */
    public static ScriptedBayeux over(ScriptedPeer peer) {
        ScriptedBayeux server = new ScriptedBayeux(peer);
        peer.answerWith(new Reception(server.guard, server.hooks, server.logic, server.log, server.conversation));
        return server;
    }

    /**
     * {@return the address of this server}
     */
    public URI uri() {
        return peer.uri();
    }

    /**
     * {@return the peer that carries the messages, with its requests and connections}
     */
    public ScriptedPeer peer() {
        return peer;
    }

    /** Closes the port and all connections, forgets all sessions and opens the same port again. */
    public void restart() {
        peer.goDown();
        guard.locked(() -> {
            logic.sessions().forEach(logic::remove);
            conversation.did("was restarted and knows nobody");
            return true;
        });
        peer.comeBack();
    }

    @Override
    public void close() {
        peer.close();
    }

    // Changes of the default behaviour

    /**
     * {@return the script for the next messages of a channel; empty at first}
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
        hooks.refusals.subscribes(pattern, BayeuxLogic.SUBSCRIBE_DENIED).publishes(pattern, BayeuxLogic.PUBLISH_DENIED);
        return this;
    }

    /**
     * {@return the channels that this server refuses, and the errors}
     */
    public Refusals refusals() {
        return hooks.refusals;
    }

    /**
     * Answers calls.
     *
     * @param channel a channel below {@code /service/}
     * @param answer returns the data of the answer; must not block
     * @return this
     */
    public ScriptedBayeux service(String channel, UnaryOperator<JsonValue> answer) {
        hooks.services.put(channel, answer);
        return this;
    }

    /**
     * Decides about whole requests before the server reads their messages; {@link #next} applies to requests that pass.
     *
     * @param gate returns an answer, or {@code null} if the request may pass; must not block
     * @return this
     */
    public ScriptedBayeux gate(Function<ReceivedRequest, @Nullable Answer> gate) {
        hooks.gate = gate;
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
     * Sets how long the server holds connects; default 30 s. Does not change the advice.
     *
     * @param limit how long
     * @return this
     */
    public ScriptedBayeux hold(Duration limit) {
        hooks.hold = limit;
        return this;
    }

    /**
     * Sets the advice in replies to handshakes, and to connects that carry advice themselves.
     *
     * @param json an object, or an empty text for none
     * @return this
     */
    public ScriptedBayeux advice(String json) {
        hooks.advice = json;
        return this;
    }

    /**
     * Sets the connection types that the server offers; default {@code websocket}, {@code long-polling} and
     * {@code callback-polling}.
     *
     * @param names in this order
     * @return this
     */
    public ScriptedBayeux connectionTypes(String... names) {
        hooks.connectionTypes = List.of(names);
        return this;
    }

    /**
     * Neither sends a cookie nor requires one, like Faye.
     *
     * @return this
     */
    public ScriptedBayeux withoutCookies() {
        hooks.cookies = false;
        return this;
    }

    // Sending

    /**
     * Publishes to all sessions that have subscribed.
     *
     * @param channel the channel
     * @param json the data
     * @return the number of these sessions
     */
    public int publish(String channel, String json) {
        JsonValue data = Templates.parse(json);
        return guard.locked(() -> logic.publish(channel, data, null));
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
     * @return the number of held connects
     */
    public int answerHeldConnects(String patch) {
        return guard.locked(() -> {
            List<BayeuxSession> holding = logic.sessions().stream().filter(BayeuxSession::holds).toList();
            holding.forEach(session -> logic.release(session, reply -> Templates.patch(reply, patch)));
            return holding.size();
        });
    }

    /** Forgets all sessions: the replies to held and later connects advise a handshake. */
    public void expireSessions() {
        expireSessions(hooks.unknownSession);
    }

    /**
     * Forgets all sessions: the replies to held and later connects advise a handshake.
     *
     * @param error the error for requests of unknown sessions, now and later
     */
    public void expireSessions(String error) {
        hooks.unknownSession = error;
        eachSession(session -> {
            logic.release(session, reply -> Replies.withHandshakeAdvice(reply, error));
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

    // Receiving

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
     * Takes the next message of a channel, and waits for it if there is none.
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
     * Takes the next message of a channel as {@link #takeMessage} does, and skips messages that this server refused, in a
     * reply or with another answer.
     *
     * @param channel the channel
     * @param limit how long to wait
     * @return the oldest of them
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public ReceivedMessage takeAcceptedMessage(String channel, Duration limit) throws InterruptedException {
        return log.takeAccepted(channel, limit);
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
        guard.await(() -> logic.sessions().stream().filter(BayeuxSession::holds).count() >= count, limit,
                "There were no %d held connects".formatted(count));
    }

    /**
     * Waits until a session has subscribed.
     *
     * @param channel a channel, which a subscription must cover, or a pattern that must be subscribed
     * @param limit how long to wait
     * @throws AssertionError if there is none at the end
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitSubscription(String channel, Duration limit) throws InterruptedException {
        guard.await(() -> logic.sessions().stream().flatMap(session -> session.subscriptions.stream())
                .anyMatch(each -> Channels.covers(each, channel)), limit, "Nobody has subscribed to " + channel);
    }

    /**
     * {@return what this server has recently received, sent and done, one line each, the oldest first; without client ids and
     * without the {@code ext} of handshakes}
     */
    public List<String> conversation() {
        return guard.locked(conversation::lines);
    }

    /**
     * Adds a line to the {@link #conversation()}.
     *
     * @param what what the server did, such as {@code was switched off}
     */
    public void note(String what) {
        guard.locked(() -> {
            conversation.did(what);
            return true;
        });
    }

    /**
     * {@return the client ids of the present sessions, the oldest first}
     */
    public List<String> clientIds() {
        return guard.locked(() -> logic.sessions().stream().map(session -> session.clientId).toList());
    }

    /**
     * {@return the channels and patterns of all sessions, the oldest first}
     */
    public List<String> subscriptions() {
        return guard
                .locked(() -> logic.sessions().stream().flatMap(session -> session.subscriptions.stream()).toList());
    }

    /**
     * {@return the largest number of connects of one session that were in flight at the same time; 2 stands for any number
     * above 1}
     */
    public int mostConnectsAtOnce() {
        return guard.locked(logic::mostConnectsAtOnce);
    }

    private void eachSession(Consumer<BayeuxSession> action) {
        guard.locked(() -> {
            logic.sessions().forEach(action);
            return true;
        });
    }
}
