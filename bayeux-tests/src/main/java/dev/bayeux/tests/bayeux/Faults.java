package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What goes wrong with a {@link ScriptedBayeux}, in the words of those who write applications. Each can be had from the
 * server itself, and finer. Those about the next message are used up by it. Safe for concurrent use.
 */
public final class Faults {

    private final ScriptedBayeux server;

    Faults(ScriptedBayeux server) {
        this.server = server;
    }

    /**
     * Refuses the next handshakes for a reason that passes: the client may try again.
     *
     * @param times how many
     * @return this
     */
    public Faults refuseHandshakes(int times) {
        return amend(Channels.HANDSHAKE, times,
                """
                        {"successful":false,"error":"503::busy","clientId":null,"advice":{"reconnect":"handshake","interval":0}}""");
    }

    /**
     * Refuses the next handshake for good, as a server does that does not like the credentials.
     *
     * @param error what it says, such as {@code 403::denied}
     * @return this
     */
    public Faults denyHandshake(String error) {
        return amend(Channels.HANDSHAKE, 1, """
                {"successful":false,"error":"%s","clientId":null,"advice":{"reconnect":"none"}}""".formatted(error));
    }

    private Faults amend(String channel, int times, String patch) {
        for (int n = 0; n < times; n++) {
            server.next(channel).amend(patch);
        }
        return this;
    }

    /**
     * Refuses subscriptions to a channel and publishes to it, from now on.
     *
     * @param pattern a channel or a pattern
     * @return this
     */
    public Faults deny(String pattern) {
        server.deny(pattern);
        return this;
    }

    /**
     * Answers the next request with such a message by a status of HTTP and nothing else.
     *
     * @param channel such as {@code /meta/connect}
     * @param status such as 401 or 503
     * @return this
     */
    public Faults failNext(String channel, int status) {
        server.next(channel).answer(Answer.status(status));
        return this;
    }

    /**
     * Processes the next request with such a message and loses the answer, with the connection.
     *
     * @param channel such as {@code /meta/subscribe}, or a channel that is published to
     * @return this
     */
    public Faults loseNextReply(String channel) {
        server.next(channel).change(reply -> Answer.drop());
        return this;
    }

    /**
     * Processes the next request with such a message, and answers later.
     *
     * @param channel such as {@code /meta/handshake}, or a channel that is published to
     * @param delay how much later
     * @return this
     */
    public Faults delayNextReply(String channel, Duration delay) {
        server.next(channel).change(reply -> Held.atMost(delay, () -> reply));
        return this;
    }

    /**
     * Processes the next request with such a message, and answers when the test says so: a test that needs no time.
     *
     * @param channel such as {@code /meta/handshake}, or a channel that is published to
     * @return completes when the request was processed; {@link Held#release()} answers it
     */
    public CompletableFuture<Held> holdNextReply(String channel) {
        CompletableFuture<Held> holding = new CompletableFuture<>();
        server.next(channel).change(reply -> {
            Held held = Answer.held(reply);
            holding.complete(held);
            return held;
        });
        return holding;
    }

    /** Forgets all sessions, as a server does that has not heard from them: clients are told to handshake. */
    public void expireSessions() {
        server.expireSessions();
    }

    /** Ends all sessions for good, as an administrator does: clients are told not to come back. */
    public void endSessions() {
        server.disconnectSessions();
    }

    /** Cuts all connections. Sessions stay, and connections are accepted again at once. */
    public void cutConnections() {
        server.peer().goDown();
        server.peer().comeBack();
    }

    /** Cuts all connections and accepts none, until {@link #comeBack()}. Sessions stay. */
    public void goDown() {
        server.peer().goDown();
    }

    /** Accepts connections again, after {@link #goDown()}. */
    public void comeBack() {
        server.peer().comeBack();
    }

    /** Cuts all connections, forgets all sessions and is there again. */
    public void restart() {
        server.restart();
    }
}
