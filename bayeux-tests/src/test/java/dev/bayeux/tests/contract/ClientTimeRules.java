package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits of waiting, and waits between attempts (protocol.md 4.11). */
abstract class ClientTimeRules extends ClientRules {

    private static final Backoff HOURS = Backoff.of(Duration.ofHours(1), Duration.ofHours(9)).withJitter(0);

    private static void assertInHours(int from, int to, ClientState state) {
        Instant next = state.nextAttempt().orElseThrow(() -> new AssertionError("no next attempt: " + state));
        Duration wait = Duration.between(Instant.now(), next);
        assertTrue(wait.toMinutes() > 60 * from - 30 && wait.toMinutes() <= 60 * to + 1, state::toString);
    }

    private Problem problem() throws InterruptedException {
        return assertInstanceOf(TransportException.class, bench().events.take(ClientEvent.AttemptFailed.class).cause())
                .problem();
    }

    @Test
    @Tag("C-98")
    @Tag("C-101")
    void aConnectThatIsNotHeldIsLostAfterTheReplyTimeout() throws Exception {
        server().next(CONNECT).answer(Answer.stall());
        bench().connect(bench().builder().replyTimeout(ClientBench.SHORT));
        assertEquals(Problem.TIMED_OUT, problem());
        int lost = take(CONNECT, 1).request();
        assertEquals(Ending.LEFT_BY_CLIENT, bench().peer.requests().get(lost - 1).awaitEnd(bench().patience));
        assertEquals("{\"timeout\":0}", String.valueOf(take(CONNECT, 2).json().get("advice")));
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-98")
    @Tag("C-100")
    void aHeldConnectIsWaitedForLonger() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().replyTimeout(Duration.ofMillis(100)));
        assertEquals(Optional.empty(), client.awaitState(state -> !state.isConnected(), Duration.ofMillis(300)));
        assertEquals(2, count(CONNECT));
    }

    @Test
    @Tag("C-99")
    void aHandshakeIsLostAfterTheReplyTimeout() throws Exception {
        server().next(HANDSHAKE).answer(Answer.stall());
        bench().connect(bench().builder().replyTimeout(ClientBench.SHORT));
        assertEquals(Problem.TIMED_OUT, problem());
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-102")
    void waitsGrowWithEachFailure() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().backoff(Backoff.of(Duration.ofMillis(1), Duration.ofHours(9))));
        bench().peer.goDown();
        Instant fourteenth = nextAttemptAfter(14);
        Duration between = Duration.between(fourteenth, nextAttemptAfter(15));
        // A lower bound, which a slow machine cannot break: the fifteenth wait is 128 ms.
        assertTrue(between.toMillis() > 100, between::toString);
        assertEquals(ConnectionStatus.RECONNECTING, client.state().status());
    }

    private Instant nextAttemptAfter(int failures) throws InterruptedException {
        ClientState state = bench().events.take(ClientEvent.StateChanged.class).now();
        while (state.failedAttempts() < failures) {
            state = bench().events.take(ClientEvent.StateChanged.class).now();
        }
        assertEquals(failures, state.failedAttempts());
        return state.nextAttempt().orElseThrow();
    }

    @Test
    @Tag("C-102")
    void theFirstWaitIsTheIncrement() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().backoff(HOURS));
        server().answerHeldConnects("{\"successful\":false,\"error\":\"500::later\"}");
        assertInHours(1, 1, await(client, ConnectionStatus.RECONNECTING));
        assertEquals(1, client.state().failedAttempts());
    }

    @Test
    @Tag("C-102")
    void aHandshakeThatFailsWaitsToo() throws Exception {
        server().next(HANDSHAKE).answer(Answer.status(503));
        BayeuxClient client = bench().build(bench().builder().backoff(HOURS));
        bench().run(client::connect);
        assertInHours(1, 1, await(client, ConnectionStatus.REHANDSHAKING));
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-105")
    void retryAfterIsKept() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(bench().builder().longestServerWait(Duration.ofHours(5)));
        server().next(CONNECT).answer(Answer.status(503).header("Retry-After", "99999999"));
        server().answerHeldConnects("{}");
        assertInHours(5, 5, await(client, ConnectionStatus.RECONNECTING));
        assertEquals(Duration.ofHours(5), bench().events.take(ClientEvent.ServerAskedToWait.class).duration());
    }

    @Test
    @Tag("C-105")
    void retryAfterIsKeptByHandshakes() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(429).header("Retry-After", "18000"));
        BayeuxClient client = bench().build(bench().builder().longestServerWait(Duration.ofHours(5)));
        bench().run(client::connect);
        assertInHours(5, 5, await(client, ConnectionStatus.REHANDSHAKING));
    }

    @Test
    @Tag("C-105")
    void aShortRetryAfterDoesNotShortenTheBackoff() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().backoff(HOURS));
        server().next(CONNECT).answer(Answer.status(503).header("Retry-After", "1"));
        server().answerHeldConnects("{}");
        assertInHours(1, 1, await(client, ConnectionStatus.RECONNECTING));
    }

    @Test
    @Tag("C-14")
    void aClientThatWasConnectedGivesUpWhenToldTo() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().backoff(ClientBench.BACKOFF.withMaxAttempts(3)));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> taking = bench().call(subscription::take);
        bench().peer.goDown();
        ClientState state = await(client, ConnectionStatus.DISCONNECTED);
        assertInstanceOf(TransportException.class, state.lastFailure().orElseThrow());
        taking.failure(DisconnectedException.class);
        // Events come on a thread of their own: with this one, all that came before it are here.
        bench().events.takeChangeTo(ConnectionStatus.DISCONNECTED);
        assertEquals(3, bench().events.all(ClientEvent.AttemptFailed.class).size());
        bench().peer.comeBack();
        client.connect();
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-14")
    void theTimeOfFailuresCanBeLimited() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().backoff(ClientBench.BACKOFF.withMaxTime(Duration.ofMillis(100))));
        bench().peer.goDown();
        await(client, ConnectionStatus.DISCONNECTED);
    }

    @Test
    @Tag("C-14")
    @Tag("C-107")
    void whatDoesNotPassStopsAClientThatWasNeverConnected() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(404), Answer.status(404), Answer.status(404));
        BayeuxClient client = bench().build(bench().builder());
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(FailureKind.PERMANENT, failure.kind());
        assertEquals(404, assertInstanceOf(TransportException.class, failure.getCause()).status().orElseThrow());
        assertTrue(failure.getMessage().contains("404"), failure::getMessage);
        assertEquals(3, count(HANDSHAKE));
    }

    @Test
    @Tag("C-107")
    void whatDoesNotPassIsSurvivedByAClientThatWasConnected() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle();
        server().next(CONNECT).answer(Answer.status(404), Answer.status(400), Answer.html("<p>Login</p>"),
                Answer.status(302), Answer.status(404));
        server().answerHeldConnects("{}");
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        bench().events.takeChangeTo(ConnectionStatus.CONNECTED);
        assertEquals(5, bench().events.all(ClientEvent.AttemptFailed.class).size());
        assertEquals(1, count(HANDSHAKE));
        client.publish("/foo", 1);
    }

    @Test
    @Tag("C-14")
    void anUnknownHostStopsTheClient() throws Exception {
        needsHttp("it needs no host");
        // A label of more than 63 characters is refused by every resolver without asking a name server.
        URI nowhere = UnknownHost.uri();
        BayeuxClient client = bench().build(bench().builder(nowhere));
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(Problem.UNKNOWN_HOST,
                assertInstanceOf(TransportException.class, failure.getCause()).problem());
        assertEquals(List.of(), channels());
    }

    @Test
    @Tag("C-102")
    void aServerThatIsDownIsWaitedFor() throws Exception {
        bench().peer.goDown();
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        await(client, state -> state.failedAttempts() >= 5);
        bench().peer.comeBack();
        connecting.result();
    }
}
