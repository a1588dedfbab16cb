package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Resting without a disconnect, and finding out whether a connection still works. */
abstract class ClientSuspendRules extends ClientRules {

    /** Rests, and has closed its connections. */
    private BayeuxClient suspended(BayeuxClient client) throws InterruptedException {
        client.suspend();
        assertEquals(ConnectionStatus.SUSPENDED, client.state().status());
        bench().peer.awaitNoConnections(bench().patience);
        return client;
    }

    private static boolean isAtOnce(ReceivedMessage connect) {
        return connect.json().containsKey("advice") && connect.json().getJsonObject("advice").getInt("timeout") == 0;
    }

    @Test
    void nothingIsSentAndNoConnectionIsOpen() throws Exception {
        needsHttp("it has no connections that could be counted");
        BayeuxClient client = suspended(bench().connectAndSettle());
        assertFalse(client.isReady());
        assertEquals(2, count(CONNECT));
        assertEquals(0, count(DISCONNECT));
    }

    @Test
    void requestsInFlightAreAnsweredAndThenNoConnectionIsOpen() throws Exception {
        needsRequests("its one socket is closed at once");
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        Held held = bench().await(holding);
        client.suspend();
        held.release();
        publishing.result();
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-16")
    void theSameSessionContinues() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String session = client.clientId().orElseThrow();
        suspended(client);
        assertEquals(Optional.of(session), client.clientId());
        server().publish("/foo", "1");
        client.resume();
        ReceivedMessage connect = take(CONNECT, 3);
        assertTrue(isAtOnce(connect));
        assertEquals(session, connect.clientId());
        awaitReady(client);
        assertNext(subscription, "1");
        assertEquals(1, count(HANDSHAKE));
        assertEquals(1, count(SUBSCRIBE));
    }

    // Connections that may be dead

    @Test
    @Tag("C-16")
    @Tag("C-18")
    void aCheckAsksForTheSameSessionAtOnce() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String session = client.clientId().orElseThrow();
        client.checkConnection();
        ReceivedMessage connect = take(CONNECT, 3);
        assertTrue(isAtOnce(connect));
        assertEquals(session, connect.clientId());
        await(client, ConnectionStatus.CONNECTED);
        assertFalse(isAtOnce(take(CONNECT, 4)));
        client.publish("/foo", 1);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    void aCheckDoesNotHarmAMessageThatIsOnItsWay() throws Exception {
        needsRequests("its one socket is what is in doubt");
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        Held held = bench().await(holding);
        client.checkConnection();
        take(CONNECT, 3);
        held.release();
        publishing.result();
    }
}
