package dev.bayeux.tests.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows about connects: advice, how long they are held, sessions that expire, two at once, and the end. */
class ConnectRowsTest extends DialectRows {

    private static String advice(int timeoutMs) {
        return "{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":%d}".formatted(timeoutMs);
    }

    private Duration limitOf(ReceivedMessage message) {
        return limits.get(requestOf(message).json().toString());
    }

    private static String timeout(ReceivedMessage connect) {
        return String.valueOf(connect.json().get("advice"));
    }

    @Test
    @Tag("C-25")
    void adviceInConnectReply_cometdAndSalesforceFirstOnly() throws Exception {
        server.advice(advice(110_000));
        connect();
        take(CONNECT);
        server.awaitHeldConnects(1, LIMIT);
        assertEquals(LIMIT.plusSeconds(110), limitOf(take(CONNECT)));
        server.answerHeldConnects("{}");
        assertEquals(LIMIT.plusSeconds(110), limitOf(take(CONNECT)));
    }

    @Test
    @Tag("C-25")
    void adviceInConnectReply_fayeAlways() throws Exception {
        server.advice(advice(60_000));
        connect();
        take(CONNECT);
        take(CONNECT);
        server.awaitHeldConnects(1, LIMIT);
        server.answerHeldConnects("{\"advice\":%s}".formatted(advice(45_000)));
        assertEquals(LIMIT.plusSeconds(45), limitOf(take(CONNECT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 30_000, 60_000, 110_000, 120_000})
    @Tag("C-98")
    void hold(int timeoutMs) throws Exception {
        server.advice(advice(timeoutMs));
        connect();
        assertEquals(LIMIT, limitOf(take(CONNECT)));
        assertEquals(LIMIT.plusMillis(timeoutMs), limitOf(take(CONNECT)));
    }

    @Test
    @Tag("C-16")
    void firstConnectHeld_fayeAndNodejsUnlessTimeoutIsZero() throws Exception {
        connect();
        assertEquals("{\"timeout\":0}", timeout(take(CONNECT)));
        assertEquals("null", timeout(take(CONNECT)));
    }

    @Test
    @Tag("C-98")
    void clientAdviceTimeout_poeIgnoresIt() throws Exception {
        server.advice(advice(120_000));
        // The test leaves a connect request without an answer.
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1).closeTimeout(Duration.ofMillis(200)));
        assertEquals(LIMIT.plusSeconds(120), limitOf(take(CONNECT)));
        server.awaitHeldConnects(1, LIMIT);
        take(CONNECT);
        // It is held as if it had not asked to be answered at once.
        server.next(CONNECT).answer(Answer.status(503), Answer.stall());
        server.answerHeldConnects("{}");
        take(CONNECT);
        ReceivedMessage reconnect = take(CONNECT);
        assertEquals("{\"timeout\":0}", timeout(reconnect));
        assertEquals(LIMIT.plusSeconds(120), limitOf(reconnect));
        assertFalse(client.state().isConnected());
    }

    @Test
    @Tag("C-22")
    void sessionExpiry_connectsContinueWhileAHandlerIsSlow() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        BayeuxClient client = connect();
        client.subscribe("/foo", message -> {
            busy.countDown();
            released.await();
        });
        server.awaitHeldConnects(1, LIMIT);
        server.publish("/foo", "1");
        assertTrue(busy.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
        server.awaitHeldConnects(1, LIMIT);
        released.countDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 408})
    @Tag("C-18")
    void secondConcurrentConnect_cometdEndsTheFirst(int status) throws Exception {
        BayeuxClient client = connect();
        String clientId = client.clientId().orElseThrow();
        server.awaitHeldConnects(1, LIMIT);
        server.next(CONNECT).answer(Answer.status(status));
        server.answerHeldConnects("{}");
        awaitEvent(ClientEvent.AttemptFailed.class);
        assertTrue(client.awaitState(ClientState::isConnected, LIMIT).isPresent());
        assertWorks(client);
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(1, server.mostConnectsAtOnce());
    }

    @Test
    @Tag("C-18")
    @Tag("C-101")
    void secondConcurrentConnect_fayeNeverAnswersTheFirst() throws Exception {
        server.next(CONNECT).answer(Answer.stall());
        BayeuxClient client = connect(builder().replyTimeout(Duration.ofSeconds(2)));
        String clientId = client.clientId().orElseThrow();
        take(CONNECT);
        awaitEvent(ClientEvent.AttemptFailed.class);
        assertWorks(client);
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @Test
    @Tag("C-18")
    @Tag("C-20/A6")
    void secondConcurrentConnect_poeRefusesIt() throws Exception {
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1));
        PullSubscription<?> subscription = client.subscribe("/foo");
        server.awaitHeldConnects(1, LIMIT);
        server.next(CONNECT).amend("""
                {"successful":false,"error":"Client abc is polling already (1)","advice":{"reconnect":"handshake"}}""");
        server.answerHeldConnects("{}");
        awaitEvent(ClientEvent.SessionRenewed.class);
        assertTrue(client.awaitReady(LIMIT));
        server.publish("/foo", "1");
        assertNext("1", subscription);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"advice\":{\"reconnect\":\"none\"}}", "{\"advice\":{\"reconnect\":\"retry\"}}", "{}"})
    @Tag("C-91")
    void afterDisconnect(String lastReply) throws Exception {
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        server.next(DISCONNECT).reply("[]");
        Thread leaving = Thread.ofVirtual().start(client::disconnect);
        take(DISCONNECT);
        server.answerHeldConnects(lastReply);
        assertTrue(leaving.join(LIMIT));
        assertTrue(client.state().isDisconnected());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"channel\":\"/meta/disconnect\",\"successful\":true,\"advice\":{\"reconnect\":\"none\"}}",
            "{\"channel\":\"/meta/disconnect\"}"})
    @Tag("C-96")
    void serverInitiatedDisconnect_cometdAndSalesforceSaySo(String message) throws Exception {
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        server.push(message);
        assertTrue(client.awaitState(ClientState::isDisconnected, LIMIT).isPresent());
        assertEquals(1, server.messages(HANDSHAKE).size());
    }

    @Test
    @Tag("C-20/A6")
    void serverInitiatedDisconnect_fayeKnowsTheClientNoMore() throws Exception {
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        server.next(CONNECT).amend("""
                {"successful":false,"error":"401:abc:Unknown client","advice":{"reconnect":"handshake"}}""");
        server.answerHeldConnects("{}");
        awaitEvent(ClientEvent.SessionRenewed.class);
        assertWorks(client);
    }
}
