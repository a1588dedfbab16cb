package dev.bayeux.tests.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.tests.NothingLeft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as a client sees it, over each kind of transport. */
@BayeuxServer
@ExtendWith(NothingLeft.class)
@ParameterizedClass
@ValueSource(strings = {"jdk-long-polling", "jdk-websocket"})
class ServerFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter
    String transport;

    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private BayeuxTestServer server;
    private ServerFaults faults;
    private BayeuxClient client;

    @BeforeEach
    void prepare(BayeuxTestServer server, ServerFaults faults) {
        this.server = server;
        this.faults = faults;
        client = BayeuxClient.builder(server.uri()).transports(transport).onEvent(events::add)
                .credentials(refused -> Credentials.bearer("token-" + tokens.incrementAndGet()))
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private PullSubscription<String> connected() throws InterruptedException {
        client.connect();
        PullSubscription<String> news = client.subscribe("/news", String.class);
        server.awaitWaitingClient();
        return news;
    }

    private void assertReceives(String text, PullSubscription<String> news) throws InterruptedException {
        server.push("/news", text);
        assertEquals(text, news.poll(LIMIT).orElseThrow().data());
    }

    private <T extends ClientEvent> T await(Class<T> kind) throws InterruptedException {
        for (ClientEvent event = next(); event != null; event = next()) {
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName());
    }

    private ClientEvent next() throws InterruptedException {
        return events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void someHandshakesAreRefused() throws InterruptedException {
        faults.refuseHandshakes(2, "500::\"busy\"");
        assertReceives("at last", connected());
        assertEquals(3, server.received("/meta/handshake").size());
        assertEquals("\"busy\"", refusal(await(ClientEvent.AttemptFailed.class).cause()));
    }

    @Test
    void aHandshakeIsRefusedPermanently() {
        faults.refuseHandshakeForGood("400::never");
        HandshakeException failure = assertThrows(HandshakeException.class, client::connect);
        assertEquals("never", refusal(failure.getCause()));
    }

    @Test
    void aSubscriptionIsRefusedUntilItIsAccepted() throws InterruptedException {
        client.connect();
        faults.refuseSubscribe("/news", "403::not for you");
        SubscribeException failure = assertThrows(SubscribeException.class, () -> client.subscribe("/news"));
        assertEquals("not for you", failure.error().orElseThrow().text());
        faults.accept("/news");
        assertReceives("for all", client.subscribe("/news", String.class));
    }

    @Test
    void aPublishIsRefusedUntilItIsAccepted() throws InterruptedException {
        client.connect();
        faults.refusePublish("/orders", "403::sold out");
        PublishException failure = assertThrows(PublishException.class, () -> client.publish("/orders", 1));
        assertEquals("sold out", failure.error().orElseThrow().text());
        faults.accept("/orders");
        client.publish("/orders", 2);
        // What was refused is passed over, but was received.
        assertEquals(2, server.takeData("/orders", Integer.class));
        assertEquals(1, server.take("/orders").json().getInt("data"));
        assertEquals(2, server.received("/orders").size());
    }

    @Test
    void sessionsExpire() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.expireSessions("403::Unknown client");
        await(ClientEvent.SessionRenewed.class);
        assertReceives("again", news);
        assertEquals(2, server.received("/meta/handshake").size());
    }

    @Test
    void sessionsAreEnded() throws InterruptedException {
        connected();
        faults.endSessions();
        assertTrue(client.awaitState(state -> state.isDisconnected(), LIMIT).isPresent());
    }

    @Test
    void clientsAreAdvised() throws InterruptedException {
        connected();
        faults.advise("{\"reconnect\":\"handshake\",\"interval\":0}");
        await(ClientEvent.SessionRenewed.class);
    }

    @Test
    void adviceWithoutAHeldConnectComesWithTheNextOne() throws InterruptedException {
        // The first connect asks for an answer at once, with the advice for handshakes. Meanwhile the server holds no
        // connect.
        HeldAnswer first = faults.holdAnswer("/meta/connect");
        client.async().connect();
        first.awaitRequest();
        faults.advise("{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":20000}");
        first.release();
        for (int connects = 1; connects <= 3; connects++) {
            server.take("/meta/connect");
        }
        List<String> replies = server.conversation().lines().filter(line -> line.contains("<- /meta/connect")).toList();
        assertFalse(replies.get(0).contains("\"timeout\":20000"), server::conversation);
        assertTrue(replies.get(1).contains("\"timeout\":20000"), server::conversation);
    }

    @Test
    void theServerIsRestarted() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.restart();
        await(ClientEvent.SessionRenewed.class);
        assertReceives("after the restart", news);
    }

    @Test
    void theServerGoesDownAndComesBackWithItsSessions() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.goDown();
        await(ClientEvent.AttemptFailed.class);
        assertEquals(1, server.pushNow("/news", "meanwhile"));
        faults.comeBack();
        assertEquals("meanwhile", news.poll(LIMIT).orElseThrow().data());
        assertEquals(1, server.received("/meta/handshake").size());
    }

    @Test
    void connectionsAreCut() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.cutConnections();
        await(ClientEvent.AttemptFailed.class);
        assertReceives("over another connection", news);
    }

    @Test
    void theServerIsUnavailableForAWhile() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.unavailable(1, Duration.ofMillis(1));
        while (status(await(ClientEvent.AttemptFailed.class).cause()) != 503) {
            // The cut comes before the status.
        }
        assertReceives("in spite of that", news);
        assertTrue(server.conversation().contains("503"), server::conversation);
    }

    @Test
    void anOldTokenIsNotAccepted() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.acceptOnlyToken("token-2");
        assertReceives("with another token", news);
        assertEquals(2, tokens.get());
    }

    @Test
    void anAnswerIsHeldUntilItIsReleased() throws Exception {
        PullSubscription<String> news = connected();
        HeldAnswer answer = faults.holdAnswer("/orders");
        CompletableFuture<?> published = client.async().publish("/orders", 1);
        answer.awaitRequest();
        assertEquals(1, server.takeData("/orders", Integer.class));
        // Over HTTP a second message would wait for the first one; a delivery has a way of its own.
        assertReceives("an answer would be there before this", news);
        assertFalse(published.isDone());
        answer.release();
        published.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anAnswerIsDelayed() throws InterruptedException {
        client.connect();
        faults.delayAnswer("/orders", Duration.ofMillis(30));
        long startNs = System.nanoTime();
        client.publish("/orders", 1);
        assertTrue(System.nanoTime() - startNs >= Duration.ofMillis(30).toNanos());
    }

    @Test
    void anAnswerIsLost() throws InterruptedException {
        connected();
        faults.loseAnswer("/orders");
        PublishException failure = assertThrows(PublishException.class, () -> client.publish("/orders", 1));
        assertEquals(PublishException.Outcome.UNKNOWN, failure.outcome());
        assertEquals(1, server.takeData("/orders", Integer.class));
    }

    @Test
    void deliveriesAreLostAndRepeated() throws InterruptedException {
        PullSubscription<String> news = connected();
        faults.loseDeliveries(1);
        server.push("/news", "lost");
        server.awaitWaitingClient();
        assertReceives("kept", news);
        server.awaitWaitingClient();
        faults.repeatDeliveries(1);
        assertReceives("twice", news);
        assertEquals("twice", news.poll(LIMIT).orElseThrow().data());
        assertReceives("once", news);
    }

    @Test
    void callsAreAnswered() throws InterruptedException {
        client.connect();
        server.onCall("/service/twice", asked -> List.of(asked, asked));
        assertEquals("[7,7]", client.call("/service/twice", 7).toString());
    }

    private static String refusal(Throwable failure) {
        return ((RefusedException) failure).error().text();
    }

    private static int status(Throwable failure) {
        return failure instanceof TransportException lost ? lost.status().orElse(0) : 0;
    }
}
