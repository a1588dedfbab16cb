package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.bayeux.ReplyTweak;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How replies find what they answer (protocol.md 4.5). */
abstract class ClientReplyRules extends ClientRules {

    /** A life in which everything happens once, with a server of other habits. */
    private void live(ReplyTweak habits) throws InterruptedException {
        server().tweak(habits);
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> bar = client.subscription("/bar", "/bar/*").start();
        client.publish("/foo", 1);
        assertNext(foo, "1");
        server().publish("/bar/x", "2");
        assertNext(bar, "2");
        assertEquals("[7]", client.call("/service/echo", List.of(7)).toString());
        bar.close();
        awaitHeldConnect();
        server().expireSessions();
        take(HANDSHAKE, 2);
        awaitReady(client);
        client.publish("/foo", 3);
        assertNext(foo, "3");
        client.disconnect();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        assertEquals(2, count(HANDSHAKE));
        assertEquals(List.of(), server().clientIds());
    }

    @Test
    @Tag("C-40")
    void idsMayComeBackAsNumbers() throws Exception {
        live(ReplyTweak.numericIds());
    }

    @Test
    @Tag("C-40")
    @Tag("C-75")
    void repliesMayComeInAnyOrder() throws Exception {
        live(ReplyTweak.reversed());
    }

    @Test
    @Tag("C-75")
    void repliesMayComeBeforeDeliveries() throws Exception {
        live(ReplyTweak.repliesFirst());
    }

    @Test
    @Tag("C-44")
    @Tag("C-45")
    void idsOfMetaRepliesMayBeMissing() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        live(ReplyTweak.withoutMetaIds());
    }

    @Test
    @Tag("C-40")
    void eachMessageGetsItsOwnReply() throws Exception {
        server().tweak(ReplyTweak.reversed());
        server().deny("/denied");
        BayeuxClient client = bench().connect();
        BatchException failure = bench().run(() -> client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/denied", 2);
            batch.publish("/foo", 3);
            batch.publish("/denied", 4);
        })).failure(BatchException.class);
        assertEquals(Set.of(1, 3), failure.failures().keySet());
        assertEquals("/denied", failure.failures().get(1).channel());
    }

    @Test
    @Tag("C-41")
    void aDeliveryWithTheSameIdIsNoReply() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").reply("""
                [{"channel":"/foo","id":"${id}","data":1},
                 {"channel":"/foo","id":"${id}","successful":false,"error":"403::no"}]""");
        assertEquals(Outcome.REFUSED,
                bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class).outcome());
    }

    @Test
    @Tag("C-42")
    void aReplyOnAnotherChannelIsNoReply() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").reply("""
                [{"channel":"/bar","id":"${id}","successful":false},
                 {"channel":"/meta/subscribe","id":"${id}","successful":false},
                 {"channel":"/foo","id":"${id}","successful":true}]""");
        client.publish("/foo", 1);
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-43")
    void aReplyToAnotherConnectIsDropped() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").reply("""
                [{"channel":"/meta/connect","id":"other","successful":false,"advice":{"reconnect":"none"}},
                 {"channel":"/meta/connect","successful":false,"advice":{"reconnect":"none"}},
                 {"channel":"/meta/handshake","id":"other","successful":false,"advice":{"reconnect":"none"}},
                 {"channel":"/foo","id":"${id}","successful":true}]""");
        client.publish("/foo", 1);
        assertEquals(ConnectionStatus.CONNECTED, client.state().status());
        assertEquals(2, count(CONNECT));
    }

    @Test
    @Tag("C-46")
    void missingRepliesAreNoHang() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").reply("");
        PublishException unconfirmed = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.UNKNOWN, unconfirmed.outcome());
        server().next("/service/foo").reply("");
        assertFalse(client.publish("/service/foo", 1).isConfirmed());
        server().next(SUBSCRIBE).reply("");
        bench().call(() -> client.subscribe("/foo")).failure(SubscribeException.class);
        server().next(UNSUBSCRIBE).reply("");
        client.subscribe("/bar").close();
        server().next(DISCONNECT).reply("");
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        take(DISCONNECT);
        server().answerHeldConnects("{}");
        disconnecting.result();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
    }

    @Test
    @Tag("C-47")
    void aSecondReplyChangesNothing() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").reply("""
                [{"channel":"/foo","id":"${id}","successful":true},
                 {"channel":"/foo","id":"${id}","successful":false,"error":"500::what"}]""");
        client.publish("/foo", 1);
        server().next(SUBSCRIBE).reply("""
                [{"channel":"/meta/subscribe","id":"${id}","successful":true,"subscription":"${subscription}"},
                 {"channel":"/meta/subscribe","id":"${id}","successful":false,"subscription":"${subscription}"}]""");
        client.subscribe("/foo");
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-46")
    @Tag("C-76")
    void aConnectWithoutItsReplyIsLostAndItsDeliveriesAreNot() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(CONNECT).reply("{\"channel\":\"/foo\",\"data\":1}");
        server().answerHeldConnects("{}");
        assertNext(foo, "1");
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        assertEquals("{\"timeout\":0}", String.valueOf(take(CONNECT, 4).json().get("advice")));
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-46")
    void aHandshakeWithoutItsReplyIsRepeated() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        server().next(HANDSHAKE).reply("{\"channel\":\"/foo\",\"data\":1}", "");
        bench().connect();
        assertEquals(List.of(HANDSHAKE, HANDSHAKE, HANDSHAKE, CONNECT), channels().subList(0, 4));
    }

    @Test
    @Tag("C-83")
    void aRefusalWithoutAChannelCountsForHandshakesAndConnects() throws Exception {
        String busy = "{\"error\":\"Too many connections from your IP\",\"successful\":false}";
        server().next(HANDSHAKE).reply(busy);
        server().next(CONNECT).reply(busy);
        BayeuxClient client = bench().connect();
        for (int n = 0; n < 2; n++) {
            RefusedException refusal = assertInstanceOf(RefusedException.class,
                    bench().events.take(ClientEvent.AttemptFailed.class).cause());
            assertEquals("Too many connections from your IP", refusal.error().text());
        }
        assertEquals(2, count(HANDSHAKE));
        assertTrue(client.state().isConnected());
    }
}
