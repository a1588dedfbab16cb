package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Message;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a session when the server wants it (protocol.md 4.10). */
@Tag("C-96")
abstract class ClientServerEndRules extends ClientRules {

    private ClientState assertEnded(BayeuxClient client) throws InterruptedException {
        ClientState state = await(client, ConnectionStatus.DISCONNECTED);
        assertInstanceOf(DisconnectedException.class, state.lastFailure().orElseThrow());
        assertEquals(0, count(DISCONNECT));
        assertEquals(1, count(HANDSHAKE));
        return state;
    }

    @Test
    @Tag("C-96")
    void theServerEndsTheSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().disconnectSessions();
        assertEnded(client);
        bench().events.take(ClientEvent.AttemptFailed.class);
    }

    @Test
    @Tag("C-96")
    void theMessageNeedsNoResultAndNoOtherReply() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().push("{\"channel\":\"/meta/disconnect\"}");
        assertEnded(client);
    }

    @Test
    @Tag("C-96")
    void theMessageComesInAnyResponse() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").reply("""
                [{"channel":"/foo","id":"${id}","successful":true},
                 {"channel":"/meta/disconnect","successful":true,"id":"99x"}]""");
        client.publish("/foo", 1);
        assertEnded(client);
    }

    @Test
    @Tag("C-96")
    void whatWaitsIsToldWhy() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> taking = bench().call(subscription::take);
        CompletableFuture<Held> reply = bench().holdReply("/bar");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/bar", 1));
        bench().await(reply);
        ClientCall<Boolean> queued = bench().run(() -> client.publish("/bar", 2));
        server().disconnectSessions();
        String text = taking.failure(DisconnectedException.class).getMessage();
        assertTrue(text.contains("/meta/disconnect"), text);
        assertEquals(Outcome.UNKNOWN, publishing.failure(PublishException.class).outcome());
        assertEquals(Outcome.NOT_SENT, queued.failure(PublishException.class).outcome());
        bench().call(() -> client.subscribe("/baz")).failure(DisconnectedException.class);
        assertEquals(SubscriptionState.REQUESTED, subscription.state());
    }

    @Test
    @Tag("C-96")
    void whatArrivedBeforeCanBeTaken() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().next("/foo").reply("""
                [{"channel":"/foo","data":1},{"channel":"/meta/disconnect"},{"channel":"/foo","data":2}]""");
        bench().run(() -> client.publish("/foo", 0));
        await(client, ConnectionStatus.DISCONNECTED);
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-96")
    void theProgramConnectsAgainByItself() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().disconnectSessions();
        await(client, ConnectionStatus.DISCONNECTED);
        client.connect();
        assertTrue(client.isReady());
        server().publish("/foo", "1");
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-96")
    void theClientCanBeToldToConnectAgain() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().onServerDisconnect(OnServerDisconnect.RECONNECT));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        String first = client.clientId().orElseThrow();
        for (int n = 1; n <= 3; n++) {
            awaitHeldConnect();
            server().disconnectSessions();
            bench().events.take(ClientEvent.SessionRenewed.class);
            awaitReady(client);
            awaitHeldConnect();
            server().publish("/foo", Integer.toString(n));
            assertNext(subscription, Integer.toString(n));
        }
        assertNotEquals(first, client.clientId().orElseThrow());
        assertEquals(4, count(HANDSHAKE));
        assertEquals(0, count(DISCONNECT));
    }

    @Test
    @Tag("C-97")
    void theAdviceNoneCountsMoreThanTheError() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("""
                {"successful":false,"error":"402::session_unknown","advice":{"reconnect":"none","interval":0}}""");
        await(client, ConnectionStatus.DISCONNECTED);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-97")
    void theAdviceNoneIsNoEndForAClientThatReconnects() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().onServerDisconnect(OnServerDisconnect.RECONNECT));
        server().answerHeldConnects("{\"advice\":{\"reconnect\":\"none\"}}");
        take(HANDSHAKE, 2);
        await(client, ConnectionStatus.CONNECTED);
    }
}
