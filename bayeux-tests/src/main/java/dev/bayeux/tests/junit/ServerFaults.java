package dev.bayeux.tests.junit;

import dev.bayeux.tests.bayeux.NextMessages;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ScriptedServer;
import jakarta.json.Json;
import java.time.Duration;

/**
 * Makes a {@link BayeuxTestServer} fail as real servers and networks do. Each method is one fault. A fault with a number ends
 * after that many cases; every other fault lasts until another method ends it. The faults are the same over long-polling and
 * WebSocket. Safe for use by any number of threads.
 *
 * <p>Errors are in the form of Bayeux, {@code code:arguments:text}, such as {@code 403::not for you}.
 */
public final class ServerFaults {

    private static final String HANDSHAKE = "/meta/handshake";
    private static final String CONNECT = "/meta/connect";

    private final ScriptedBayeux server;
    private final ScriptedServer http;
    private final DeliveryFaults deliveries = new DeliveryFaults();
    private final Gate gate;

    ServerFaults(ScriptedBayeux server, ScriptedServer http) {
        this.server = server;
        this.http = http;
        this.gate = new Gate(server::note);
        server.tweak(deliveries);
        server.gate(gate::judge);
        http.sockets().answerWith(request -> {
            Answer refusal = gate.judge(request);
            return refusal == null ? Answer.upgrade() : refusal;
        });
    }

    // Refusals

    /**
     * Refuses the next handshakes, and advises clients to retry.
     *
     * @param times how many
     * @param error what the refusals say
     */
    public void refuseHandshakes(int times, String error) {
        refuseHandshakes(times, error, "handshake");
    }

    /**
     * Refuses the next handshake, and advises the client to stop ({@code none}).
     *
     * @param error what the refusal says
     */
    public void refuseHandshakeForGood(String error) {
        refuseHandshakes(1, error, "none");
    }

    private void refuseHandshakes(int times, String error, String advice) {
        String refusal = Json.createObjectBuilder().add("channel", HANDSHAKE).add("id", "${id}")
                .add("successful", false).add("error", error)
                .add("advice", Json.createObjectBuilder().add("reconnect", advice).add("interval", 0)).build()
                .toString();
        NextMessages next = server.next(HANDSHAKE);
        for (int i = 0; i < times; i++) {
            next.reply(refusal);
        }
    }

    /**
     * Refuses subscriptions from now on. Existing ones stay until their session ends.
     *
     * @param channel a channel or a pattern
     * @param error what the refusal says
     */
    public void refuseSubscribe(String channel, String error) {
        server.refusals().subscribes(channel, error);
    }

    /**
     * Refuses publishes and calls from now on.
     *
     * @param channel a channel or a pattern
     * @param error what the refusal says
     */
    public void refusePublish(String channel, String error) {
        server.refusals().publishes(channel, error);
    }

    /**
     * Ends the refusals for a channel.
     *
     * @param channel the channel or pattern that was refused
     */
    public void accept(String channel) {
        server.refusals().lift(channel);
    }

    // Sessions

    /** Forgets all sessions: their clients receive the error {@code 402} and the advice to handshake again. */
    public void expireSessions() {
        expireSessions("402::Unknown client");
    }

    /**
     * Forgets all sessions: their clients receive an error and the advice to handshake again.
     *
     * @param error the error for requests of these sessions, now and later, such as {@code 403::Unknown client}
     */
    public void expireSessions(String error) {
        server.note("forgot all sessions");
        server.expireSessions(error);
    }

    /** Ends all sessions and advises clients not to reconnect, as a server does that shuts down or expels a client. */
    public void endSessions() {
        server.note("ended all sessions");
        server.disconnectSessions();
    }

    /**
     * Sends advice to the clients whose connect the server holds now, or otherwise to the next that connects, and to all that
     * handshake.
     *
     * @param advice a JSON object, such as {@code {"reconnect":"retry","interval":2000}}
     */
    public void advise(String advice) {
        String patch = "{\"advice\":%s}".formatted(advice);
        server.advice(advice);
        if (server.answerHeldConnects(patch) == 0) {
            server.next(CONNECT).amend(patch);
        }
    }

    // The server and the network

    /** Cuts all connections, forgets all sessions, and starts again at the same address. */
    public void restart() {
        server.restart();
    }

    /** Cuts all connections and refuses new ones; keeps the sessions. */
    public void goDown() {
        server.note("went down");
        http.goDown();
    }

    /** Accepts connections again, at the same address. */
    public void comeBack() {
        server.note("came back");
        http.comeBack();
    }

    /** Cuts all connections without an answer; accepts new ones, and keeps the sessions. */
    public void cutConnections() {
        server.note("cut all connections");
        http.dropConnections();
    }

    /**
     * Answers with HTTP status 503. Cuts open connections, so that clients must send their requests again.
     *
     * @param times how many requests, upgrades to WebSocket among them, receive that answer
     * @param retryAfter the header {@code Retry-After}, rounded up to whole seconds; zero for no such header
     */
    public void unavailable(int times, Duration retryAfter) {
        gate.unavailable(times, retryAfter);
        cutConnections();
    }

    /**
     * Accepts only requests with a bearer token from now on; others receive HTTP status 401. Cuts open connections, so that
     * clients must send their requests again.
     *
     * @param token the token
     */
    public void acceptOnlyToken(String token) {
        gate.requireAuthorization("Bearer " + token);
        cutConnections();
    }

    // Single answers

    /**
     * Processes the next message of a channel at once, and delays the answer to it.
     *
     * @param channel the channel, such as {@code /orders} or {@code /meta/subscribe}
     * @param time how long, up to a minute
     */
    public void delayAnswer(String channel, Duration time) {
        server.next(channel).change(reply -> Held.atMost(time, () -> reply));
    }

    /**
     * Processes the next message of a channel at once, and holds the answer to it until the test releases it, or for a minute
     * at most.
     *
     * @param channel the channel, such as {@code /orders} or {@code /meta/subscribe}
     * @return the answer
     */
    public HeldAnswer holdAnswer(String channel) {
        HeldAnswer answer = new HeldAnswer();
        server.next(channel).change(answer::hold);
        return answer;
    }

    /**
     * Processes the next message of a channel, and cuts the connection instead of answering: the client cannot know the
     * outcome.
     *
     * @param channel the channel, such as {@code /orders} or {@code /meta/subscribe}
     */
    public void loseAnswer(String channel) {
        server.next(channel).change(reply -> Answer.drop());
    }

    // Deliveries

    /**
     * Drops deliveries without any sign to the client.
     *
     * @param count how many of the next, counted for each client that they are for
     */
    public void loseDeliveries(int count) {
        deliveries.lose(count);
    }

    /**
     * Delivers messages twice.
     *
     * @param count how many of the next, counted for each client that they are for
     */
    public void repeatDeliveries(int count) {
        deliveries.repeat(count);
    }
}
