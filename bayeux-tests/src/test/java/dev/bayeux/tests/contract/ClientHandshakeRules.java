package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Held;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a session is made (protocol.md 4.1). */
abstract class ClientHandshakeRules extends ClientRules {

    @Test
    @Tag("C-01")
    void theHandshakeComesFirstAndAlone() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        take(HANDSHAKE);
        Held held = bench().await(reply);
        ClientCall<?> subscribing = bench().call(() -> client.subscribe("/foo"));
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/bar", 1));
        assertEquals(List.of(HANDSHAKE), channels());
        held.release();
        connecting.result();
        subscribing.result();
        publishing.result();
        int first = server().messages(HANDSHAKE).getFirst().request();
        assertEquals(1, server().messages().stream().filter(message -> message.request() == first).count());
    }

    @Test
    @Tag("C-02")
    void handshakesCarryVersionsAndTypesAndNoClientId() throws Exception {
        bench().connectAndSettle();
        server().expireSessions();
        take(HANDSHAKE, 2);
        for (ReceivedMessage handshake : server().messages(HANDSHAKE)) {
            assertEquals("1.0", handshake.text("version"));
            assertEquals("1.0", handshake.text("minimumVersion"));
            assertEquals(Json.createArrayBuilder().add(bench().provider.connectionType()).build(),
                    handshake.json().get("supportedConnectionTypes"));
            assertFalse(handshake.json().containsKey("clientId"));
            assertFalse(handshake.id().isEmpty());
        }
    }

    @Test
    @Tag("C-03")
    void fieldsAreAskedForAtEachHandshake() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        bench().connectAndSettle(bench().builder().handshake(
                () -> Json.createObjectBuilder().add("ticket", asked.incrementAndGet()).build()));
        server().expireSessions();
        assertEquals(2, take(HANDSHAKE, 2).json().getInt("ticket"));
        assertEquals(1, take(HANDSHAKE, 1).json().getInt("ticket"));
    }

    @Test
    @Tag("C-03")
    void fieldsOfTheProtocolCannotBeOverridden() throws Exception {
        Set<String> protocol = Set.of("channel", "id", "version", "minimumVersion", "supportedConnectionTypes",
                "clientId");
        var wrong = Json.createObjectBuilder().add("own", "kept");
        protocol.forEach(field -> wrong.add(field, "wrong"));
        bench().connect(bench().builder().handshake(wrong.build()));
        JsonObject sent = take(HANDSHAKE).json();
        assertEquals("kept", sent.getString("own"));
        protocol.forEach(field -> assertNotEquals(Json.createValue("wrong"), sent.get(field), field));
    }

    @Test
    @Tag("C-03")
    void extOfTheProgramAndOfCredentialsAreMerged() throws Exception {
        bench().connect(bench().builder()
                .handshake(Json.createObjectBuilder().add("ext", Json.createObjectBuilder().add("mine", 1)).build())
                .credentials(refused -> Credentials.ext(Json.createObjectBuilder().add("token", "t").build())));
        assertEquals(Json.createObjectBuilder().add("ack", true).add("mine", 1).add("token", "t").build(),
                take(HANDSHAKE).json().get("ext"));
    }

    @Test
    @Tag("C-04")
    void successNeedsAClientId() throws Exception {
        server().next(HANDSHAKE).amend("{\"clientId\":null}", "{\"clientId\":\"\"}");
        bench().connect();
        assertEquals(List.of(HANDSHAKE, HANDSHAKE, HANDSHAKE, CONNECT), channels().subList(0, 4));
        assertInstanceOf(MalformedMessageException.class,
                bench().events.take(ClientEvent.AttemptFailed.class).cause());
    }

    @Test
    @Tag("C-04")
    void theClientIdIsOpaque() throws Exception {
        String strange = "13e7-\\\"\\\\ü/ €";
        server().next(HANDSHAKE).amend("{\"clientId\":\"%s\"}".formatted(strange));
        server().next(CONNECT).reply("{\"id\":\"${id}\",\"channel\":\"${channel}\",\"successful\":true}");
        bench().connect(); // the server does not know that session, so the client will soon ask for another
        assertEquals("13e7-\"\\ü/ €", take(CONNECT).clientId());
    }

    @Test
    @Tag("C-05")
    void theOwnTypeIsFoundAmongThoseOfTheServer() throws Exception {
        String own = bench().provider.connectionType();
        server().connectionTypes("carrier-pigeon", own, "in-process");
        BayeuxClient client = bench().connect();
        assertEquals(own, take(CONNECT).text("connectionType"));
        assertEquals(bench().provider.name(), client.state().transport().orElseThrow());
    }

    @Test
    @Tag("C-06")
    void noCommonTransportIsTheEnd() throws Exception {
        server().connectionTypes("carrier-pigeon");
        BayeuxClient client = bench().build(bench().builder());
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        String text = assertInstanceOf(ConfigurationException.class, failure.getCause()).getMessage();
        assertTrue(text.contains("carrier-pigeon") && text.contains(bench().provider.connectionType()), text);
        client.close();
        // Over a WebSocket the client has only written it when close() returns.
        take("/meta/disconnect");
        assertEquals(List.of(HANDSHAKE, "/meta/disconnect"), channels(), "the session is not left on the server");
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
    }

    @Test
    @Tag("C-07")
    void aReplyWithoutTypesKeepsTheTransport() throws Exception {
        server().next(HANDSHAKE).amend("{\"supportedConnectionTypes\":null}");
        bench().connect();
        assertEquals(bench().provider.connectionType(), take(CONNECT).text("connectionType"));
    }

    @Test
    @Tag("C-09")
    void aReplyToAnotherHandshakeIsDropped() throws Exception {
        server().next(HANDSHAKE).reply("""
                [{"id":"other","channel":"/meta/handshake","successful":true,"clientId":"wrong"},
                 {"id":"${id}","channel":"/meta/handshake","successful":true,"clientId":"${clientId}"},
                 {"id":"another","channel":"/meta/handshake","successful":false}]""");
        BayeuxClient client = bench().connect();
        assertEquals(server().clientIds(), List.of(client.clientId().orElseThrow()));
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-10")
    void aNewSessionStartsWithoutOldAdvice() throws Exception {
        server().advice("");
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects(refusal("402::session_unknown", "{\"reconnect\":\"handshake\",\"interval\":0}"));
        take(HANDSHAKE, 2);
        awaitHeldConnect();
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    @Tag("C-10")
    void aNewSessionForgetsTheIntervalOfTheOld() throws Exception {
        server().advice("");
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":%s}}".formatted(NEVER));
        client.publish("/foo", 1);
        client.reconnect();
        awaitHeldConnect();
        assertEquals(4, count(CONNECT));
    }

    @Test
    @Tag("C-11")
    @Tag("C-71")
    void subscriptionsAreRestoredBeforeTheFirstConnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.subscribe("/foo");
        awaitHeldConnect();
        int before = server().messages().size();
        server().expireSessions();
        take(CONNECT, 3);
        assertEquals(List.of(HANDSHAKE, SUBSCRIBE, CONNECT), channels().subList(before, before + 3));
    }

    @Test
    @Tag("C-12")
    @Tag("C-76")
    void deliveriesAnnouncedByTheHandshakeComeBeforeTheFirstConnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(HANDSHAKE).reply("""
                [{"id":"${id}","channel":"/meta/handshake","successful":true,"clientId":"${clientId}","x-messages":2},
                 {"channel":"/foo","data":1},{"channel":"/foo","data":2}]""");
        CompletableFuture<Held> reply = bench().holdReply(CONNECT);
        server().expireSessions();
        Held held = bench().await(reply);
        assertNext(subscription, "1", "2");
        held.release();
    }

    @Test
    @Tag("C-12")
    void announcedDeliveriesThatDoNotComeAreNotWaitedForLong() throws Exception {
        String announcement = "{\"x-messages\":2}";
        server().next(HANDSHAKE).amend(announcement, announcement, announcement, announcement, announcement);
        bench().connect(bench().builder().replyTimeout(ClientBench.SHORT));
        // One, unless the machine is so loaded that a reply takes longer than the timeout.
        assertTrue(count(HANDSHAKE) < 5);
    }

    @Test
    @Tag("C-13")
    @Tag("C-20/B3")
    void noConnectFollowsARefusedHandshake() throws Exception {
        server().next(HANDSHAKE).amend(refusal("500::later", "{\"reconnect\":\"retry\"}"),
                refusal("500::later", "null"), refusal("500::later", "{\"reconnect\":\"handshake\"}"));
        bench().connect();
        assertEquals(List.of(HANDSHAKE, HANDSHAKE, HANDSHAKE, HANDSHAKE, CONNECT), channels().subList(0, 5));
    }

    @Test
    @Tag("C-14")
    void theNumberOfAttemptsCanBeLimited() throws Exception {
        server().next(HANDSHAKE).amend(refusal("500::no", "null"), refusal("500::no", "null"));
        BayeuxClient client = bench().build(bench().builder().backoff(ClientBench.BACKOFF.withMaxAttempts(2)));
        bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(List.of(HANDSHAKE, HANDSHAKE), channels());
    }

    @Test
    @Tag("C-14")
    void connectGivesUpWhenItsTimeIsOver() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder().connectCallTimeout(ClientBench.SHORT));
        bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        assertEquals(List.of(HANDSHAKE), channels());
        bench().await(reply).release();
    }
}
