package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.ScriptedSocket;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose first transport is a WebSocket: what becomes of its session when the socket fails. */
@ExtendWith(NothingLeft.class)
class WebSocketSessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ScriptedServer peer = ScriptedServer.start();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer).withoutCookies();
    private BayeuxClient client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private ClientBuilder builder(String stack) {
        return BayeuxClient.builder(peer.uri()).transports(stack + "-websocket", stack + "-long-polling")
                .replyTimeout(LIMIT).backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)))
                .onEvent(event -> {
                    // Only prevents the log: the test reads the state.
                });
    }

    private String transport() {
        return client.state().transport().orElseThrow();
    }

    private void await(ConnectionStatus status) throws InterruptedException {
        assertTrue(client.awaitState(state -> state.status() == status, LIMIT).isPresent(),
                () -> client.state().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-131")
    void aSessionHasOneSocket(String stack) throws Exception {
        client = builder(stack).connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (int n = 0; n < 20; n++) {
            client.publish("/foo", n);
            assertEquals(Integer.toString(n), subscription.poll(LIMIT).orElseThrow().text());
        }
        assertEquals(stack + "-websocket", transport());
        assertEquals(1, peer.sockets().upgradeCount());
        assertEquals(1, peer.connectionCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-128")
    void aRefusedUpgradeLeadsToLongPolling(String stack) throws Exception {
        peer.sockets().answerAll(Answer.html("<p>No WebSocket here</p>"));
        client = builder(stack).backoff(Backoff.of(Duration.ofHours(1), Duration.ofHours(1))).connect();
        assertEquals(stack + "-long-polling", transport());
        assertEquals(1, peer.sockets().upgradeCount());
        peer.sockets().answerAll(Answer.upgrade());
        client.disconnect();
        client.connect();
        assertEquals(stack + "-websocket", transport(), "after connecting anew it is tried again");
    }

    @ParameterizedTest
    @CsvSource({"jdk, 1000", "jetty, 1000", "jdk, 1011", "jetty, 1011"})
    @Tag("C-128")
    void aSocketThatIsClosedWithoutAReplyTwiceLeadsToLongPolling(String stack, int code) throws Exception {
        server.gate(request -> request.isSocketMessage() ? Answer.frames(Frame.close(code, "")) : null);
        client = builder(stack).connect();
        assertEquals(stack + "-long-polling", transport());
        assertEquals(2, peer.sockets().upgradeCount());
        server.gate(request -> null);
        client.disconnect();
        client.connect();
        assertEquals(stack + "-websocket", transport(), "after connecting anew it is tried again");
    }

    /** A redeploy or a firewall answers so for a while. */
    @ParameterizedTest
    @CsvSource({"jdk, true", "jetty, true", "jdk, false", "jetty, false"})
    void aClientThatWasConnectedOutlastsUpgradesThatAreForbidden(String stack, boolean credentials) throws Exception {
        ClientBuilder builder = builder(stack).transports(stack + "-websocket");
        client = (credentials ? builder.credentials(refused -> Credentials.bearer("token")) : builder).connect();
        peer.sockets().answerAll(Answer.status(403));
        peer.sockets().take(LIMIT).drop();
        CountDownLatch failures = new CountDownLatch(8);
        client.listen(event -> {
            if (event instanceof ClientEvent.AttemptFailed) {
                failures.countDown();
            }
        });
        assertTrue(failures.await(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> client.state().toString());
        peer.sockets().answerAll(Answer.upgrade());
        await(ConnectionStatus.CONNECTED);
        client.publish("/foo", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-123")
    @Tag("C-128")
    void credentialsThatTheUpgradeRefusesAreAskedForAgain(String stack) throws Exception {
        peer.sockets().answer(Answer.status(401).header("WWW-Authenticate", "Bearer realm=\"x\""));
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        client = builder(stack).credentials(refused -> {
            asked.add(refused);
            return Credentials.bearer("token-" + asked.size());
        }).connect();
        assertEquals(List.of(false, true), List.copyOf(asked));
        assertEquals(stack + "-websocket", transport());
        assertEquals("Bearer token-2", peer.sockets().take(LIMIT).upgrade().header("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-129")
    @Tag("C-130")
    void severalRefusedUpgradesMakeANewSessionOverLongPolling(String stack) throws Exception {
        client = builder(stack).connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String clientId = client.clientId().orElseThrow();
        peer.sockets().answerAll(Answer.status(502));
        peer.sockets().take(LIMIT).drop();
        await(ConnectionStatus.RECONNECTING);
        assertTrue(client.awaitState(
                state -> state.isConnected() && state.transport().orElse("").equals(stack + "-long-polling"), LIMIT)
                .isPresent(), () -> client.state().toString());
        assertNotEquals(clientId, client.clientId().orElseThrow());
        assertEquals(4, peer.sockets().upgradeCount());
        assertTrue(client.awaitReady(LIMIT));
        client.publish("/foo", 1);
        assertEquals("1", subscription.poll(LIMIT).orElseThrow().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-127")
    void aLostSocketIsReplacedAndTheSessionLives(String stack) throws Exception {
        client = builder(stack).connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String clientId = client.clientId().orElseThrow();
        server.awaitHeldConnects(1, LIMIT);
        peer.sockets().take(LIMIT).drop();
        peer.sockets().take(LIMIT);
        assertTrue(client.awaitReady(LIMIT));
        server.awaitHeldConnects(1, LIMIT);
        server.publish("/foo", "1");
        assertEquals("1", subscription.poll(LIMIT).orElseThrow().text());
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(2, peer.sockets().upgradeCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-98")
    @Tag("C-101")
    void aServerThatFallsSilentIsNoticedAndItsSocketIsClosed(String stack) throws Exception {
        server.advice("{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":200}");
        client = builder(stack).replyTimeout(Duration.ofMillis(300)).connect();
        String clientId = client.clientId().orElseThrow();
        ScriptedSocket dead = peer.sockets().take(LIMIT);
        // No byte comes any more, and no end of the connection either.
        dead.stopReading();
        dead.ignoreClosing();
        // The next socket may be quiet for as long as this test takes.
        server.advice("{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":60000}");
        ScriptedSocket next = peer.sockets().take(LIMIT);
        await(ConnectionStatus.CONNECTED);
        dead.readAgain();
        dead.awaitEnd(LIMIT);
        assertTrue(next.isOpen());
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-101")
    void aSocketThatIsSilentWhenAPublishTimesOutIsNotUsedAgain(String stack) throws Exception {
        client = builder(stack).replyTimeout(Duration.ofSeconds(1)).connect();
        server.awaitHeldConnects(1, LIMIT);
        ScriptedSocket dead = peer.sockets().take(LIMIT);
        dead.stopReading();
        dead.ignoreClosing();
        server.next("/foo").answer(Answer.stall());
        PublishException lost = assertThrows(PublishException.class, () -> client.publish("/foo", 1));
        assertEquals(PublishException.Outcome.UNKNOWN, lost.outcome());
        ScriptedSocket next = peer.sockets().take(LIMIT);
        client.publish("/foo", 2);
        assertTrue(next.isOpen());
        dead.readAgain();
        dead.awaitEnd(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @Tag("C-99")
    void aSocketThatBringsOtherMessagesOutlivesAPublishWithoutAnAnswer(String stack) throws Exception {
        client = builder(stack).replyTimeout(Duration.ofSeconds(1)).connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server.awaitHeldConnects(1, LIMIT);
        server.next("/bar").answer(Answer.stall());
        CompletionStage<?> publishing = client.async().publish("/bar", 1);
        server.takeMessage("/bar", LIMIT);
        server.publish("/foo", "1");
        assertEquals("1", subscription.poll(LIMIT).orElseThrow().text());
        assertThrows(CompletionException.class, () -> publishing.toCompletableFuture().join());
        client.publish("/foo", 2);
        assertEquals(1, peer.sockets().upgradeCount());
    }

    /** CometD announces deliveries that follow its reply to a handshake; the client waits for them before the first connect. */
    @ParameterizedTest
    @CsvSource({"jdk, true", "jetty, true", "jdk, false", "jetty, false"})
    @Tag("C-12")
    @Tag("C-71")
    void restoredSubscriptionsComeBeforePublishesThoughDeliveriesAreAnnounced(String stack, boolean delivered)
            throws Exception {
        client = builder(stack).replyTimeout(Duration.ofSeconds(2)).connect();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server.awaitHeldConnects(1, LIMIT);
        server.next("/meta/handshake").amend("{\"x-messages\":1}");
        peer.goDown();
        await(ConnectionStatus.RECONNECTING);
        server.expireSessions();
        int before = server.messages().size();
        List<CompletionStage<?>> publishing = IntStream.range(0, 20)
                .<CompletionStage<?>>mapToObj(n -> client.async().publish("/foo", n)).toList();
        peer.comeBack();
        server.takeMessage("/meta/handshake", LIMIT);
        server.takeMessage("/meta/handshake", LIMIT);
        if (delivered) {
            server.push("{\"channel\":\"/foo\",\"data\":\"announced\"}");
        }
        // Some of them may reach the server in the old session, and are refused.
        publishing.forEach(each -> each.handle((reply, refused) -> "").toCompletableFuture().join());
        client.publish("/foo", 20);
        List<String> channels = server.messages().stream().skip(before)
                .map(message -> message.json().getString("channel")).toList();
        List<String> renewed = channels.subList(channels.lastIndexOf("/meta/handshake"), channels.size());
        assertEquals(List.of("/meta/handshake", "/meta/subscribe"), renewed.subList(0, 2), channels::toString);
        List<String> received = new ArrayList<>();
        while (!received.contains("20")) {
            received.add(subscription.poll(LIMIT).orElseThrow().text());
        }
        received.remove("\"announced\"");
        assertEquals(received.stream().sorted(Comparator.comparing(Integer::valueOf)).toList(), received);
    }
}
