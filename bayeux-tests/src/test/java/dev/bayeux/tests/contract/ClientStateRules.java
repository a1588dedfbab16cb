package dev.bayeux.tests.contract;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.server.Held;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a client is, and how programs learn of it (protocol.md 4.4). */
abstract class ClientStateRules extends ClientRules {

    @Test
    @Tag("C-35")
    void theStatesOfAnUneventfulLife() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        assertEquals(DISCONNECTED, client.state().status());
        client.connect();
        client.disconnect();
        bench().events.takeChangeTo(DISCONNECTED);
        assertEquals(List.of(HANDSHAKING, HANDSHAKEN, CONNECTING, CONNECTED, DISCONNECTING, DISCONNECTED),
                bench().events.statuses());
        assertEquals(Optional.empty(), client.state().lastFailure());
    }

    @Test
    @Tag("C-35")
    void theStatesOfALostSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().expireSessions();
        take(HANDSHAKE, 2);
        await(client, CONNECTED);
        bench().events.take(ClientEvent.SessionRenewed.class);
        bench().events.takeChangeTo(REHANDSHAKING);
        bench().events.takeChangeTo(CONNECTED);
        assertEquals(List.of(HANDSHAKING, HANDSHAKEN, CONNECTING, CONNECTED, REHANDSHAKING, HANDSHAKEN, CONNECTING,
                CONNECTED), bench().events.statuses());
    }

    @Test
    @Tag("C-35")
    void theStatesOfALostConnection() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        bench().peer.goDown();
        ClientState state = await(client, now -> now.failedAttempts() >= 3);
        assertEquals(RECONNECTING, state.status());
        assertTrue(state.lastFailure().isPresent());
        bench().peer.comeBack();
        state = await(client, CONNECTED);
        assertEquals(0, state.failedAttempts());
        assertEquals(Optional.empty(), state.lastFailure());
        assertEquals(Optional.empty(), state.nextAttempt());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-36")
    void onlyASuccessfulConnectMakesConnected() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(CONNECT);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        assertEquals(CONNECTING, client.state().status());
        assertFalse(connecting.isDone());
        assertFalse(client.isReady());
        held.release();
        connecting.result();
        assertEquals(CONNECTED, client.state().status());
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-37")
    void aWaitIsCutShortByDisconnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":%s}}".formatted(NEVER));
        client.publish("/foo", 1);
        client.disconnect();
        assertEquals(DISCONNECTED, client.state().status());
        assertEquals(1, count(DISCONNECT));
    }

    @Test
    @Tag("C-37")
    void aWaitIsCutShortByClose() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects(
                refusal("500::later", "{\"reconnect\":\"retry\",\"interval\":%s}".formatted(NEVER)));
        await(client, RECONNECTING);
        client.close();
        assertEquals(DISCONNECTED, client.state().status());
        assertEquals(2, count(CONNECT));
    }

    @Test
    @Tag("C-38")
    void aClientCanBeConnectedAgain() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String first = client.clientId().orElseThrow();
        client.disconnect();
        assertEquals(Optional.empty(), client.clientId());
        client.connect();
        assertNotEquals(first, client.clientId().orElseThrow());
        assertEquals(1, server().clientIds().size());
    }

    @Test
    @Tag("C-38")
    void aClientThatHasStoppedCanBeConnectedAgain() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().disconnectSessions();
        await(client, DISCONNECTED);
        client.connect();
        client.publish("/foo", 1);
    }

    @Test
    @Tag("C-09")
    void connectJoinsWhatIsUnderWay() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        List<ClientCall<Boolean>> connecting = List.of(bench().run(client::connect), bench().run(client::connect),
                bench().run(client::connect));
        bench().await(reply).release();
        for (ClientCall<Boolean> one : connecting) {
            one.result();
        }
        client.connect();
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-35/T13")
    void aHandshakeThatIsGivenUpLeavesNoSession() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        await(client, DISCONNECTED);
        held.release();
        disconnecting.result();
        connecting.failure(HandshakeException.class);
        take(DISCONNECT);
        assertEquals(List.of(HANDSHAKE, DISCONNECT), channels());
        assertEquals(List.of(), server().clientIds());
    }

    @Test
    @Tag("C-35/T19")
    void whatIsPublishedDuringTheHandshakeIsSentAfterIt() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        held.release();
        publishing.result();
        connecting.result();
        assertEquals(client.clientId().orElseThrow(), take("/foo").clientId());
    }

    @Test
    @Tag("C-35/T20")
    void withoutASessionSendingFailsAtOnce() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        assertEquals(Outcome.NOT_SENT, bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class)
                .outcome());
        client.connect();
        client.disconnect();
        assertEquals(Outcome.NOT_SENT, bench().run(() -> client.call("/service/echo", 1))
                .failure(PublishException.class).outcome());
        BatchException failure = bench().run(() -> client.batch(batch -> batch.publish("/foo", 1)))
                .failure(BatchException.class);
        assertEquals(Outcome.NOT_SENT, failure.failures().get(0).outcome());
        assertEquals(0, count("/foo"));
    }

    @Test
    void awaitStateGivesTheStateThatWasMeant() throws Exception {
        BayeuxClient client = bench().connect();
        assertEquals(CONNECTED, client.awaitState(ClientState::isConnected, Duration.ZERO).orElseThrow().status());
        assertEquals(Optional.empty(), client.awaitState(ClientState::isDisconnected, Duration.ofMillis(1)));
        ClientCall<Optional<ClientState>> waiting = bench()
                .call(() -> client.awaitState(ClientState::isDisconnected, bench().patience));
        client.disconnect();
        assertTrue(waiting.result().orElseThrow().isDisconnected());
        assertFalse(client.awaitReady(Duration.ofMillis(1)));
    }

    @Test
    void aConditionMayTakeItsTimeAndCallTheClient() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ClientCall<Optional<ClientState>> waiting = bench().call(() -> client.awaitState(state -> {
            try {
                client.publish("/within", 1);
                entered.countDown();
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return state.isConnected();
        }, bench().patience));
        assertTrue(entered.await(bench().patience.toMillis(), TimeUnit.MILLISECONDS));
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        client.publish("/meanwhile", 1);
        release.countDown();
        assertTrue(waiting.result().isPresent());
    }

    @Test
    void aListenerThatIsRemovedHearsNothing() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        ClientEvents removed = new ClientEvents(bench().patience);
        ClientEvents kept = new ClientEvents(bench().patience);
        ListenerRegistration registration = client.listen(removed);
        client.listen(kept);
        client.connect();
        kept.takeChangeTo(CONNECTED);
        registration.close();
        registration.close();
        client.disconnect();
        kept.takeChangeTo(DISCONNECTED);
        assertEquals(List.of(HANDSHAKING, HANDSHAKEN, CONNECTING, CONNECTED), removed.statuses());
    }

    @Test
    void aListenerThatHangsDelaysNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        BayeuxClient client = bench().build(bench().builder().onEvent(event -> {
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }));
        client.connect();
        client.publish("/foo", 1);
        client.disconnect();
        release.countDown();
    }
}
