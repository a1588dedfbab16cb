package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.LiveThreads;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.net.CookieManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a session, and of a client, when the program wants it (protocol.md 4.10). */
abstract class ClientEndRules extends ClientRules {

    /** The reply to a disconnect, which leaves the session and its held connect as they are. */
    private static final String ACCEPTED = "{\"channel\":\"${channel}\",\"id\":\"${id}\",\"successful\":true}";

    @Test
    @Tag("C-90")
    void disconnectDoesNotWaitForTheConnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String clientId = client.clientId().orElseThrow();
        client.disconnect();
        assertEquals(clientId, take(DISCONNECT).clientId());
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        assertEquals(List.of(), server().clientIds());
        client.disconnect();
        assertEquals(1, count(DISCONNECT));
    }

    @Test
    @Tag("C-91")
    void theLastConnectLeadsToNothing() throws Exception {
        for (String last : List.of("{\"advice\":{\"reconnect\":\"retry\",\"interval\":0}}",
                "{\"advice\":{\"reconnect\":\"handshake\"}}", "{\"successful\":false,\"error\":\"402::unknown\"}")) {
            BayeuxClient client = bench().connectAndSettle();
            int before = server().messages().size();
            server().next(DISCONNECT).reply(ACCEPTED);
            CompletableFuture<Held> reply = bench().holdReply(DISCONNECT);
            ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
            Held held = bench().await(reply);
            server().answerHeldConnects(last);
            assertFalse(disconnecting.isDone());
            held.release();
            disconnecting.result();
            assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
            assertEquals(List.of(DISCONNECT), channels().subList(before, server().messages().size()));
            server().expireSessions();
        }
    }

    @Test
    @Tag("C-93")
    void aConnectStillHeldIsAbandonedSoonAfterTheDisconnect() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().closeTimeout(bench().patience.multipliedBy(100)));
        server().next(DISCONNECT).reply(ACCEPTED);
        bench().run(client::disconnect).result();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-92")
    void aServerThatNeverAnswersIsNotWaitedForLong() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().closeTimeout(ClientBench.SHORT));
        server().next(DISCONNECT).answer(Answer.stall());
        client.disconnect();
        await(client, ConnectionStatus.DISCONNECTED);
        take(DISCONNECT);
    }

    @Test
    @Tag("C-92")
    void aRefusedOrLostDisconnectIsTheEndAsWell() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next(DISCONNECT).amend("{\"successful\":false,\"error\":\"402::unknown\"}");
        client.disconnect();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        client.connect();
        bench().peer.goDown();
        client.disconnect();
        await(client, ConnectionStatus.DISCONNECTED);
        bench().peer.comeBack();
    }

    @Test
    @Tag("C-94")
    void whatIsQueuedIsNotSentAndNothingFollowsTheDisconnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/first");
        ClientCall<Boolean> first = bench().run(() -> client.publish("/first", 0));
        Held held = bench().await(reply);
        ClientCall<Boolean> queued = bench().run(() -> client.publish("/queued", 0));
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        await(client, ConnectionStatus.DISCONNECTING);
        ClientCall<Boolean> late = bench().run(() -> client.publish("/late", 0));
        assertEquals(Outcome.NOT_SENT, late.failure(PublishException.class).outcome());
        held.release();
        first.result();
        disconnecting.result();
        assertEquals(Outcome.NOT_SENT, queued.failure(PublishException.class).outcome());
        assertEquals(DISCONNECT, channels().getLast());
        assertEquals(0, count("/queued") + count("/late"));
    }

    @Test
    @Tag("C-95")
    void cookiesEndWithTheSession() throws Exception {
        needsRequests("its messages bring no cookies");
        BayeuxClient client = bench().connectAndSettle();
        client.reconnect();
        ReceivedMessage second = take(HANDSHAKE, 2);
        assertEquals("", bench().peer.requests().get(second.request() - 1).header("Cookie"));
        assertTrue(bench().peer.requests().get(take(CONNECT, 1).request() - 1).header("Cookie")
                .contains("BAYEUX_BROWSER="));
    }

    @Test
    @Tag("C-95")
    void cookiesOfTheProgramStay() throws Exception {
        needsRequests("its messages bring no cookies");
        CookieManager own = new CookieManager();
        BayeuxClient client = bench().connectAndSettle(bench().builder().cookies(own));
        client.reconnect();
        ReceivedMessage second = take(HANDSHAKE, 2);
        String cookie = bench().peer.requests().get(second.request() - 1).header("Cookie");
        assertTrue(cookie.contains("BAYEUX_BROWSER="));
        assertEquals(1, own.getCookieStore().getCookies().size());
    }

    @Test
    void aClosedClientIsFinal() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.close();
        client.close();
        client.disconnect();
        assertThrows(ClientClosedException.class, client::connect);
        assertThrows(ClientClosedException.class, client::reconnect);
        assertThrows(ClientClosedException.class, () -> client.publish("/foo", 1));
        assertThrows(ClientClosedException.class, () -> client.call("/service/foo", 1));
        assertThrows(ClientClosedException.class, () -> client.batch(batch -> batch.publish("/foo", 1)));
        assertThrows(ClientClosedException.class, () -> client.subscribe("/foo"));
        assertThrows(ClientClosedException.class, subscription::take);
        assertTrue(client.state().isDisconnected());
        assertFalse(client.isReady());
        assertFalse(client.awaitReady(Duration.ZERO));
        assertEquals(List.of(), client.subscriptions());
        subscription.close();
    }

    @Test
    @Tag("C-35/T17")
    @Tag("C-47")
    void closeEndsWhatIsUnderWay() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        ClientCall<ClientState> waiting = bench()
                .call(() -> client.awaitState(ClientState::isDisconnected, bench().patience).orElseThrow());
        ClientCall<Boolean> closing = bench().run(client::close);
        connecting.failure(ClientClosedException.class);
        publishing.failure(RuntimeException.class);
        waiting.result();
        held.release();
        closing.result();
        take(DISCONNECT);
        assertEquals(List.of(), server().clientIds());
    }

    @Test
    void closeLetsHandlersFinishAndInterruptsThoseThatDoNot() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().closeTimeout(ClientBench.SHORT));
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        client.subscribe("/foo", message -> handled.add(message.text()));
        CountDownLatch interrupted = new CountDownLatch(1);
        client.subscribe("/foo", message -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException now) {
                interrupted.countDown();
            }
        });
        client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/foo", 2);
        });
        client.close();
        assertEquals(List.of("1", "2"), List.copyOf(handled));
        assertTrue(interrupted.await(bench().patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Test
    void closeInsideAHandlerDoesNotWaitForThatHandler() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        client.subscribe("/foo", message -> {
            client.close();
            closed.complete(Thread.currentThread().isInterrupted());
        });
        server().publish("/foo", "1");
        assertFalse(bench().await(closed));
    }

    @Test
    void closeInsideTwoHandlersAtOnceWaitsForNeither() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().closeTimeout(Duration.ofDays(1)));
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch closed = new CountDownLatch(2);
        for (int n = 0; n < 2; n++) {
            client.subscribe("/foo", message -> {
                both.await();
                client.close();
                closed.countDown();
            });
        }
        server().publish("/foo", "1");
        assertTrue(closed.await(bench().patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Test
    void anInterruptCutsDisconnectShort() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().closeTimeout(bench().patience));
        server().next(DISCONNECT).answer(Answer.stall());
        ClientCall<Boolean> disconnecting = bench().call(() -> {
            client.disconnect();
            return Thread.currentThread().isInterrupted();
        });
        take(DISCONNECT);
        disconnecting.interrupt();
        assertTrue(disconnecting.result());
        bench().peer.goDown();
        await(client, ConnectionStatus.DISCONNECTED);
    }

    @Test
    @Tag("C-92")
    void clientsLeaveNothingBehindHoweverTheyEnd() throws Exception {
        LiveThreads before = LiveThreads.now();
        for (int n = 0; n < 5; n++) {
            BayeuxClient client = bench().connectAndSettle();
            client.subscribe("/foo", message -> client.publish("/bar", 1));
            client.publish("/foo", 1);
            if (n == 1) {
                client.disconnect();
            } else if (n == 2) {
                server().disconnectSessions();
                await(client, ConnectionStatus.DISCONNECTED);
            } else if (n == 3) {
                server().expireSessions();
            } else if (n == 4) {
                bench().peer.goDown();
                await(client, ConnectionStatus.RECONNECTING);
            }
            client.close();
        }
        BayeuxClient never = bench().build(bench().builder().backoff(ClientBench.BACKOFF.withMaxAttempts(2)));
        bench().run(never::connect).failure(HandshakeException.class);
        never.close();
        bench().build(bench().builder()).close();
        before.awaitNoneAdded(bench().patience);
        bench().peer.awaitNoConnections(bench().patience);
    }
}
