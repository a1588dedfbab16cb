package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the server steers the client (protocol.md 4.3). */
abstract class ClientAdviceRules extends ClientRules {

    /** Proves that the client waits for longer than any test. */
    private void assertNoFurtherConnect(BayeuxClient client, int soFar) throws InterruptedException {
        client.publish("/foo", 1);
        client.publish("/foo", 2);
        assertEquals(soFar, count(CONNECT));
    }

    @Test
    @Tag("C-24")
    void adviceCountsInADelivery() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().push("{\"channel\":\"/foo\",\"data\":1,\"advice\":{\"interval\":%s}}".formatted(NEVER));
        assertNoFurtherConnect(client, 2);
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-24")
    void adviceCountsInAPublishReply() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend("{\"advice\":{\"interval\":%s}}".formatted(NEVER));
        client.publish("/foo", 0);
        server().answerHeldConnects("{}");
        assertNoFurtherConnect(client, 2);
    }

    @Test
    @Tag("C-25")
    void aMessageWithoutAdviceChangesNothing() throws Exception {
        server().advice("");
        server().next(HANDSHAKE).amend("{\"advice\":{\"interval\":%s}}".formatted(NEVER));
        server().next(CONNECT).amend("{}");
        BayeuxClient client = bench().build(bench().builder().connectCallTimeout(ClientBench.SHORT));
        ClientCall<Boolean> connecting = bench().run(client::connect);
        // The interval of the handshake's reply comes before the first connect already (C-15).
        await(client, ConnectionStatus.HANDSHAKEN);
        assertNoFurtherConnect(client, 0);
        connecting.failure(RuntimeException.class);
        assertEquals(0, count(CONNECT));
    }

    @Test
    @Tag("C-25")
    void laterAdviceReplacesTheInterval() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend("{\"advice\":{\"interval\":%s}}".formatted(NEVER), "{\"advice\":{}}");
        client.publish("/foo", 1);
        client.publish("/foo", 2);
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
    }

    @Test
    @Tag("C-25")
    @Tag("C-98")
    void theAdvisedTimeoutStaysUntilThereIsAnother() throws Exception {
        server().advice("{\"timeout\":1}");
        server().next(CONNECT).amend("{\"advice\":{\"interval\":0}}");
        BayeuxClient client = bench().connectAndSettle(bench().builder().replyTimeout(ClientBench.SHORT));
        // Held by the server for 30 s: only what the handshake has advised can end it.
        assertEquals("{\"timeout\":0}", String.valueOf(take(CONNECT, 3).json().get("advice")));
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-26")
    void theIntervalOfARefusalIsKept() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().longestServerWait(Duration.ofDays(7)));
        server().answerHeldConnects(
                refusal("500::later", "{\"reconnect\":\"retry\",\"interval\":%s}".formatted(NEVER)));
        ClientState state = await(client, ConnectionStatus.RECONNECTING);
        Instant soon = Instant.now().plus(Duration.ofHours(12));
        assertTrue(state.nextAttempt().orElseThrow().isAfter(soon), state::toString);
        assertNoFurtherConnect(client, 2);
    }

    @Test
    @Tag("C-27")
    void theWordCountsOnlyForTheReplyThatHasIt() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend("{\"advice\":{\"reconnect\":\"none\",\"interval\":0}}",
                "{\"advice\":{\"reconnect\":\"handshake\",\"interval\":0}}");
        client.publish("/foo", 1);
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        awaitHeldConnect();
        client.publish("/foo", 2);
        server().answerHeldConnects("{\"successful\":false,\"error\":\"500::later\"}");
        take(CONNECT, 5);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-28")
    void aRefusalElsewhereCanAskForAHandshake() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend(refusal("402::session_unknown", "{\"reconnect\":\"handshake\",\"interval\":0}"));
        // It was certainly not processed, so it leaves once more in the new session.
        client.publish("/foo", 1);
        take(HANDSHAKE, 2);
        take(CONNECT, 4);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(2, count(HANDSHAKE));
        assertEquals(server().clientIds().getLast(), client.clientId().orElseThrow());
    }

    @Test
    @Tag("C-28")
    void severalRefusalsAskForOneHandshake() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String lost = refusal("401::Unknown client", "{\"reconnect\":\"handshake\"}");
        server().next("/foo").amend(lost, lost, lost);
        client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/foo", 2);
            batch.publish("/foo", 3);
        });
        take(HANDSHAKE, 2);
        take(CONNECT, 4);
        await(client, ConnectionStatus.CONNECTED);
        client.publish("/foo", 4);
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-28")
    void aRefusedSubscribeCanAskForAHandshake() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> other = client.subscribe("/other");
        server().next(SUBSCRIBE).amend(refusal("401::Unknown client", "{\"reconnect\":\"handshake\"}"));
        // The new session has it.
        client.subscribe("/foo");
        take(HANDSHAKE, 2);
        awaitReady(client);
        awaitHeldConnect();
        server().publish("/other", "1");
        assertEquals("1", next(other));
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-28")
    void otherWordsInARefusalElsewhereLeadToNothing() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend(refusal("403::no", "{\"reconnect\":\"none\"}"),
                refusal("403::no", "{\"reconnect\":\"retry\"}"));
        bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        bench().run(() -> client.publish("/foo", 2)).failure(PublishException.class);
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        assertTrue(client.state().isConnected());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-29")
    void theSectionOfTheOwnTypeWins() throws Exception {
        bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":%s,\"%s\":{\"interval\":0}}}".formatted(NEVER,
                bench().provider.connectionType()));
        take(CONNECT, 3);
    }

    @Test
    @Tag("C-29")
    void theSectionOfAnotherTypeIsIgnored() throws Exception {
        bench().connectAndSettle();
        server().answerHeldConnects(
                "{\"advice\":{\"interval\":0,\"carrier-pigeon\":{\"interval\":%s}}}".formatted(NEVER));
        take(CONNECT, 3);
    }

    @Test
    @Tag("C-30")
    void timesMayBeTexts() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":\"%s\"}}".formatted(NEVER));
        assertNoFurtherConnect(client, 2);
    }

    @Test
    @Tag("C-30")
    void timesMayBeFractionsOrNonsense() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        int connects = 2;
        for (String advice : new String[]{"{\"interval\":0.5,\"timeout\":30000.0}", "{\"interval\":true}",
                "{\"interval\":[1],\"timeout\":{}}", "{\"interval\":\"soon\",\"reconnect\":7}", "[]", "\"retry\"",
                "7", "{\"timeout\":1e99,\"maxInterval\":null}"}) {
            server().answerHeldConnects("{\"advice\":%s}".formatted(advice));
            take(CONNECT, ++connects);
            awaitHeldConnect();
        }
        assertTrue(client.state().isConnected());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-31")
    void multipleClientsAreShown() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        assertFalse(client.state().multipleClients());
        server().answerHeldConnects("{\"advice\":{\"interval\":1,\"multiple-clients\":true}}");
        await(client, ClientState::multipleClients);
        take(CONNECT, 3);
        awaitHeldConnect();
        server().answerHeldConnects("{\"advice\":{\"interval\":0}}");
        await(client, state -> !state.multipleClients());
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-31")
    void multipleClientsCanBeRefused() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects(
                "{\"successful\":false,\"advice\":{\"reconnect\":\"none\",\"multiple-clients\":true}}");
        await(client, ConnectionStatus.DISCONNECTED);
    }

    @Test
    @Tag("C-34")
    void noAdviceIsNeeded() throws Exception {
        server().advice("");
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        assertTrue(client.state().isConnected());
    }
}
