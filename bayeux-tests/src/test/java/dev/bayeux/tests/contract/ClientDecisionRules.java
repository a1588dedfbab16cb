package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.tests.server.Answer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What follows a connect or a handshake: tables 4-A and 4-B of the protocol reference. */
abstract class ClientDecisionRules extends ClientRules {

    /** The held connect gets this reply; the client then connects again with the same session. */
    private void assertRetries(String reply) throws InterruptedException {
        BayeuxClient client = bench().connectAndSettle();
        String clientId = client.clientId().orElseThrow();
        server().answerHeldConnects(reply);
        take(CONNECT, 4);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(1, count(HANDSHAKE));
        assertEquals(clientId, take(CONNECT, 3).clientId());
        assertEquals("{\"timeout\":0}", String.valueOf(take(CONNECT, 3).json().get("advice")));
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
    }

    /** The held connect gets this reply; the client then makes another session. */
    private void assertHandshakes(String reply) throws InterruptedException {
        BayeuxClient client = bench().connectAndSettle();
        String clientId = client.clientId().orElseThrow();
        server().answerHeldConnects(reply);
        take(HANDSHAKE, 2);
        take(CONNECT, 4);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(2, count(HANDSHAKE));
        assertNotEquals(clientId, take(CONNECT, 3).clientId());
        bench().events.takeChangeTo(ConnectionStatus.REHANDSHAKING);
    }

    /** The held connect gets this reply; the client then stops. */
    private ClientState assertStops(String reply) throws InterruptedException {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects(reply);
        ClientState state = await(client, ConnectionStatus.DISCONNECTED);
        assertEquals(List.of(HANDSHAKE, CONNECT, CONNECT), channels());
        return state;
    }

    @Test
    @Tag("C-20/A1")
    void aSuccessfulConnectIsFollowedByAnother() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"reconnect\":\"retry\"}}");
        take(CONNECT, 3);
        server().awaitHeldConnects(1, bench().patience);
        assertEquals(ConnectionStatus.CONNECTED, client.state().status());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-20/A2")
    void aSuccessfulConnectCanAskForAHandshake() throws Exception {
        assertHandshakes("{\"advice\":{\"reconnect\":\"handshake\"}}");
    }

    @Test
    @Tag("C-20/A3")
    void aSuccessfulConnectCanEndTheSession() throws Exception {
        ClientState state = assertStops("{\"advice\":{\"reconnect\":\"none\"}}");
        assertInstanceOf(DisconnectedException.class, state.lastFailure().orElseThrow());
    }

    @Test
    @Tag("C-20/A4")
    void aNegativeIntervalEndsTheSession() throws Exception {
        assertStops("{\"advice\":{\"reconnect\":\"retry\",\"interval\":-1}}");
    }

    @Test
    @Tag("C-20/A4")
    void aNegativeIntervalEndsTheSessionAfterARefusalToo() throws Exception {
        assertStops("{\"successful\":false,\"error\":\"500::no\",\"advice\":{\"interval\":-1}}");
    }

    @Test
    @Tag("C-20/A5")
    void aRefusedConnectIsRepeated() throws Exception {
        assertRetries(
                "{\"successful\":false,\"error\":\"500::no\",\"advice\":{\"reconnect\":\"retry\",\"interval\":0}}");
    }

    @Test
    @Tag("C-20/A6")
    void aRefusedConnectCanAskForAHandshake() throws Exception {
        assertHandshakes("{\"successful\":false,\"advice\":{\"reconnect\":\"handshake\",\"interval\":-5}}");
    }

    @Test
    @Tag("C-97")
    @Tag("C-20/A7")
    void aRefusedConnectCanEndTheSession() throws Exception {
        ClientState state = assertStops(
                """
                        {"successful":false,"error":"402::session_unknown","advice":{"reconnect":"none"},"ext":{"why":"idle"}}""");
        RefusedException refusal = assertInstanceOf(RefusedException.class, state.lastFailure().orElseThrow());
        assertEquals(402, refusal.error().code().orElseThrow());
        assertEquals("idle", refusal.ext().getString("why"));
    }

    @Test
    @Tag("C-20/A8")
    void withoutAdviceTheTextTellsALostSession() throws Exception {
        assertHandshakes("{\"successful\":false,\"error\":\"402::Unknown client\"}");
    }

    @Test
    @Tag("C-20/A8")
    void withoutAdviceAnyOtherTextIsRepeated() throws Exception {
        assertRetries("{\"successful\":false,\"error\":\"no reason at all\"}");
    }

    @Test
    @Tag("C-20/A9")
    void anUnknownWordIsNoWord() throws Exception {
        assertRetries("{\"successful\":false,\"advice\":{\"reconnect\":\"tomorrow\"}}");
    }

    @Test
    @Tag("C-20/A10")
    void aLostConnectIsRepeated() throws Exception {
        needsRequests("a message of it has no HTTP status");
        for (Answer lost : List.of(Answer.drop(), Answer.status(503), Answer.html("<p>Login</p>"), Answer.status(200),
                Answer.json("[]"), Answer.json("[{"))) {
            server().next(CONNECT).change(reply -> reply).change(reply -> lost);
        }
        BayeuxClient client = bench().connectAndSettle();
        String clientId = client.clientId().orElseThrow();
        for (int n = 0; n < 6; n++) {
            server().answerHeldConnects("{}");
            bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
            bench().events.takeChangeTo(ConnectionStatus.CONNECTED);
            awaitHeldConnect();
        }
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(1, count(HANDSHAKE));
        assertEquals(1, server().mostConnectsAtOnce());
    }

    @Test
    @Tag("C-20/A11")
    void aSessionThatMustHaveExpiredIsReplaced() throws Exception {
        server().advice("{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":1,\"maxInterval\":1}");
        assertHandshakes(
                "{\"successful\":false,\"error\":\"500::no\",\"advice\":{\"reconnect\":\"retry\",\"timeout\":1}}");
    }

    @Test
    @Tag("C-20/B1")
    void aSuccessfulHandshakeIsFollowedByAConnect() throws Exception {
        server().next(HANDSHAKE).amend("{\"advice\":{\"reconnect\":\"handshake\"}}",
                "{\"advice\":{\"reconnect\":\"whatever\"}}", "{\"advice\":null}");
        BayeuxClient client = bench().connect();
        client.reconnect();
        client.reconnect();
        assertEquals(3, count(HANDSHAKE));
        assertEquals(ConnectionStatus.CONNECTED, client.state().status());
    }

    @Test
    @Tag("C-20/B2")
    void aSuccessfulHandshakeCanBeTheEnd() throws Exception {
        server().next(HANDSHAKE).amend("{\"advice\":{\"reconnect\":\"none\"}}");
        BayeuxClient client = bench().build(bench().builder());
        bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(List.of(HANDSHAKE), channels());
    }

    @Test
    @Tag("C-20/B3")
    void aRefusedHandshakeIsRepeated() throws Exception {
        server().next(HANDSHAKE).amend(refusal("301:x:y", "{\"reconnect\":\"handshake\"}"),
                refusal("500::no", "{\"reconnect\":\"retry\",\"interval\":1}"), refusal("", "{}"),
                refusal("500::no", "{\"reconnect\":\"tomorrow\"}"));
        bench().connect();
        assertEquals(5, count(HANDSHAKE));
        bench().events.takeChangeTo(ConnectionStatus.REHANDSHAKING);
    }

    @Test
    @Tag("C-20/B4")
    void aRefusedHandshakeCanBeTheEnd() throws Exception {
        server().next(HANDSHAKE).amend("""
                {"successful":false,"clientId":null,"error":"403::handshake_denied","advice":{"reconnect":"none"},
                 "ext":{"why":"closed"}}""");
        BayeuxClient client = bench().build(bench().builder());
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        RefusedException refusal = assertInstanceOf(RefusedException.class, failure.getCause());
        assertEquals("handshake_denied", refusal.error().text());
        assertEquals("closed", refusal.ext().getString("why"));
        assertEquals(List.of(HANDSHAKE), channels());
    }

    @Test
    @Tag("C-20/B5")
    void aLostHandshakeIsRepeated() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.drop(), Answer.status(503), Answer.json("[]"), Answer.status(500));
        bench().connect();
        assertEquals(5, count(HANDSHAKE));
    }
}
