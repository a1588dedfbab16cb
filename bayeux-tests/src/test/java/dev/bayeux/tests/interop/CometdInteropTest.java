package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client and a real CometD server. */
@Tag("transport:okhttp")
@Tag("server:CometD-9")
class CometdInteropTest extends CometdScenarios {

    private static final String LATER = "/service/later";

    CometdInteropTest() {
        super(CometdNetwork.PLAIN);
    }

    private static JsonObject ext(String token) {
        return Json.createObjectBuilder().add("auth", Json.createObjectBuilder().add("token", token)).build();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-60")
    void servicesAnswerCalls(Http http) throws Exception {
        BayeuxClient client = connect(http);
        assertEquals("[1,\"two\"]", client.call("/service/echo", List.of(1, "two")).toString());
        assertEquals(new Price("x", 3), client.call("/service/echo", new Price("x", 3), Price.class));
    }

    /** A call that has reached the server. */
    private record Question(ServerSession caller, Object data) {

        /** Answers as most services do: without the id of the call. */
        void answer() {
            caller.deliver(null, LATER, data, Promise.noop());
        }
    }

    /** A service that answers when the test says so, in an order that the test chooses. */
    @ParameterizedTest
    @EnumSource
    @Tag("C-59")
    @Tag("C-60")
    void anAnswerWithoutAnIdReachesNoOtherCall(Http http) throws Exception {
        BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
        cometd.stop();
        cometd.extension(() -> new BayeuxServer.Extension() {
            @Override
            public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
                if (LATER.equals(message.getChannel())) {
                    questions.add(new Question(from, message.getData()));
                }
                return true;
            }
        }).start();
        BayeuxClient client = connect(http);
        TypeToken<Integer> number = new TypeToken<>() {
        };
        Duration shortly = Duration.ofMillis(300);
        // Long enough for a call to leave on a busy machine.
        Duration leaving = Duration.ofSeconds(1);

        // The later call is answered first, if it comes.
        CompletableFuture<Integer> one = client.async().call(LATER, 1, number, LIMIT);
        CompletableFuture<Integer> two = client.async().call(LATER, 2, number, LIMIT);
        Question first = questions.take();
        Optional.ofNullable(questions.poll(shortly.toMillis(), TimeUnit.MILLISECONDS)).ifPresent(Question::answer);
        first.answer();
        assertEquals(1, one.get());
        questions.take().answer();
        assertEquals(2, two.get());

        // The answer comes after the caller has stopped waiting.
        assertEquals(Outcome.UNKNOWN, assertThrows(PublishException.class,
                () -> client.call(LATER, 3, number, leaving)).outcome());
        CompletableFuture<Integer> four = client.async().call(LATER, 4, number, LIMIT);
        questions.take().answer();
        questions.take().answer();
        assertEquals(4, four.get());

        // The answer never comes.
        assertThrows(PublishException.class, () -> client.call(LATER, 5, number, leaving));
        PublishException held = assertThrows(PublishException.class, () -> client.call(LATER, 6, number, shortly));
        assertEquals(Outcome.NOT_SENT, held.outcome());
        assertTrue(held.getMessage().contains("the answers on this channel have no id"), held.getMessage());
        client.disconnect();
        client.connect();
        questions.clear();
        CompletableFuture<Integer> seven = client.async().call(LATER, 7, number, LIMIT);
        questions.take().answer();
        assertEquals(7, seven.get());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-18")
    void aQuietSessionLives(Http http) throws Exception {
        // On a busy machine a connect may come too late for a server that waits half a second.
        assertTrue(Stream.of(500, 2_000, 8_000, 32_000).anyMatch(millis -> lives(http, Duration.ofMillis(millis))));
    }

    /** Whether a session without messages lives longer than the server keeps one without connects. */
    private boolean lives(Http http, Duration maxInterval) {
        cometd.stop();
        cometd.timeout(Duration.ofMillis(50)).maxInterval(maxInterval).start();
        try (BayeuxClient client = connect(http)) {
            String clientId = client.clientId().orElseThrow();
            boolean lost = client.awaitState(state -> !state.isConnected(), maxInterval.multipliedBy(2)).isPresent();
            client.publish("/foo", 1);
            return !lost && clientId.equals(client.clientId().orElse(""));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-19")
    void theAdvisedIntervalIsKept(Http http) throws Exception {
        cometd.stop();
        cometd.timeout(Duration.ofMillis(50)).interval(Duration.ofMillis(50)).start();
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (int n = 0; n < 5; n++) {
            server().publish("/foo", Integer.toString(n));
            assertEquals(Integer.toString(n), next(subscription).text());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-96")
    void theServerEndsTheSession(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        cometd.awaitHeldConnects(1, LIMIT);
        cometd.disconnectAll();
        assertTrue(client.awaitState(ClientState::isDisconnected, LIMIT).isPresent());
        assertThrows(DisconnectedException.class, subscription::take);
        assertInstanceOf(DisconnectedException.class, client.state().lastFailure().orElseThrow());
        client.connect();
        server().publish("/foo", "1");
        assertEquals("1", next(subscription).text());
    }

    @ParameterizedTest
    @EnumSource
    void theServerEndsTheSessionOfAClientThatComesBack(Http http) throws Exception {
        BayeuxClient client = connect(builder(http).onServerDisconnect(OnServerDisconnect.RECONNECT));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        cometd.awaitHeldConnects(1, LIMIT);
        cometd.disconnectAll();
        awaitNewSession(client);
        server().publish("/foo", "1");
        assertEquals("1", next(subscription).text());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-03")
    void aTokenInTheHandshakeIsAskedForAgainWhenItIsRefused(Http http) throws Exception {
        cometd.requireToken("fresh");
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        BayeuxClient client = connect(builder(http).credentials(refused -> {
            asked.add(refused);
            return Credentials.ext(ext(refused ? "fresh" : "stale"));
        }));
        client.publish("/foo", 1);
        assertEquals(List.of(false, true), List.copyOf(asked));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-20/B4")
    void aWrongTokenIsTheEnd(Http http) throws Exception {
        cometd.requireToken("right");
        HandshakeException failure = assertThrows(HandshakeException.class,
                () -> connect(builder(http).credentials(refused -> Credentials.ext(ext("wrong")))));
        assertEquals(FailureKind.AUTHENTICATION, failure.kind());
        assertEquals(403, assertInstanceOf(RefusedException.class, failure.getCause()).error().code().orElseThrow());
        cometd.awaitSessions(0, LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderIsAskedForAgainWhenItExpires(Http http) throws Exception {
        assumeFalse(http.fullDuplex(), "a socket that is open has no headers any more");
        cometd.requireAuthorization("token-1");
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        BayeuxClient client = connect(builder(http).credentials(refused -> {
            asked.add(refused);
            return Credentials.bearer("token-" + asked.size());
        }));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String clientId = client.clientId().orElseThrow();
        cometd.requireAuthorization("token-2");
        client.publish("/foo", 1);
        assertEquals("1", next(subscription).text());
        server().publish("/foo", "2");
        assertEquals("2", next(subscription).text());
        assertEquals(List.of(false, true), List.copyOf(asked));
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatHasExpiredIsAskedForAgainWithTheNextConnection(Http http) throws Exception {
        cometd.requireAuthorization("token-1");
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        BayeuxClient client = connect(builder(http).credentials(refused -> {
            asked.add(refused);
            return Credentials.bearer("token-" + asked.size());
        }));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        cometd.requireAuthorization("token-2");
        server().restart();
        awaitNewSession(client);
        client.publish("/foo", 1);
        assertEquals("1", next(subscription).text());
        assertEquals(List.of(false, true), List.copyOf(asked));
    }
}
