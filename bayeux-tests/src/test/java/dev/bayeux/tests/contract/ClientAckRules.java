package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deliveries that the server keeps until they are acknowledged (protocol.md 6.1). */
abstract class ClientAckRules extends ClientRules {

    private static final String AGREED = "{\"ext\":{\"ack\":true}}";

    /** The patch that gives a reply its number. */
    private static String ack(long number) {
        return "{\"ext\":{\"ack\":%d}}".formatted(number);
    }

    private static String extOf(ReceivedMessage message) {
        return message.json().getOrDefault("ext", JsonValue.EMPTY_JSON_OBJECT).toString();
    }

    private void assertAcknowledged(long number, ReceivedMessage connect) {
        assertEquals(ack(number), "{\"ext\":%s}".formatted(extOf(connect)));
    }

    @Test
    @Tag("C-115")
    void itIsOfferedInEachHandshakeUnlessItIsNotWanted() throws Exception {
        bench().connectAndSettle();
        server().expireSessions();
        assertEquals("{\"ack\":true}", extOf(take(HANDSHAKE, 1)));
        assertEquals("{\"ack\":true}", extOf(take(HANDSHAKE, 2)));
        bench().connect(bench().builder().acknowledge(false));
        assertEquals("{}", extOf(take(HANDSHAKE, 3)));
    }

    @Test
    @Tag("C-115")
    void withoutAnAgreementNothingIsAcknowledged() throws Exception {
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":{\"enabled\":false,\"batch\":3}}}");
        server().next(CONNECT).amend(ack(1));
        bench().connectAndSettle();
        assertEquals("{}", extOf(take(CONNECT, 1)));
        assertEquals("{}", extOf(take(CONNECT, 2)));
    }

    @Test
    @Tag("C-112")
    void eachConnectCarriesTheNumberOfTheLastReply() throws Exception {
        server().next(HANDSHAKE).amend(AGREED);
        server().next(CONNECT).amend(ack(1), ack(2));
        bench().connectAndSettle();
        server().answerHeldConnects(ack(9_007_199_254_740_993L));
        assertAcknowledged(0, take(CONNECT, 1));
        assertAcknowledged(1, take(CONNECT, 2));
        assertAcknowledged(2, take(CONNECT, 3));
        // Replies to connects that others have taken the place of are lost: numbers may be missing.
        assertAcknowledged(9_007_199_254_740_993L, take(CONNECT, 4));
    }

    @Test
    @Tag("C-112")
    void nothingIsAcknowledgedBeforeItCanBeTaken() throws Exception {
        server().next(HANDSHAKE).amend(AGREED);
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        int before = count(CONNECT);
        server().next(CONNECT).reply("""
                [{"channel":"/foo","data":1},{"channel":"/foo","data":2},
                 {"channel":"/meta/connect","id":"${id}","successful":true,"ext":{"ack":7}},
                 {"channel":"/foo","data":3}]""");
        server().answerHeldConnects(ack(6));
        assertAcknowledged(7, take(CONNECT, before + 2));
        for (String expected : new String[]{"1", "2", "3"}) {
            assertEquals(expected, subscription.poll(Duration.ZERO).orElseThrow().text());
        }
    }

    @Test
    @Tag("C-114")
    void whatALostReplyBroughtComesAgain() throws Exception {
        server().next(HANDSHAKE).amend(AGREED);
        server().next(CONNECT).amend(ack(1));
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        int before = count(CONNECT);
        server().next(CONNECT).change(reply -> Answer.drop());
        server().answerHeldConnects(ack(2));
        ReceivedMessage lost = take(CONNECT, before + 1);
        assertAcknowledged(2, lost);
        server().next(CONNECT)
                .reply("""
                        [{"channel":"/foo","data":1},{"channel":"/meta/connect","id":"${id}","successful":true,"ext":{"ack":4}}]""");
        server().publish("/foo", "1");
        ReceivedMessage again = take(CONNECT, before + 2);
        assertAcknowledged(2, again);
        assertEquals(lost.clientId(), again.clientId());
        assertNext(subscription, "1");
        assertAcknowledged(4, take(CONNECT, before + 3));
    }

    @Test
    @Tag("C-114")
    void whatComesTwiceIsDeliveredTwice() throws Exception {
        server().next(HANDSHAKE).amend(AGREED);
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        String again = """
                [{"channel":"/foo","data":1},{"channel":"/meta/connect","id":"${id}","successful":true,"ext":{"ack":2}}]""";
        server().next(CONNECT).reply(again, again);
        server().answerHeldConnects(ack(1));
        assertNext(subscription, "1", "1");
    }

    @Test
    @Tag("C-113")
    void repliesThatAreNotSuccessfulCountForNothing() throws Exception {
        server().next(HANDSHAKE).amend(AGREED);
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").amend(ack(8));
        client.publish("/foo", 1);
        server().answerHeldConnects(ack(5));
        awaitHeldConnect();
        int before = count(CONNECT);
        server().next(CONNECT).amend("{\"successful\":false,\"error\":\"500::busy\",\"ext\":{\"ack\":9}}",
                "{\"ext\":{\"ack\":\"10\"}}", "{\"ext\":{\"ack\":true}}", "{\"ext\":{}}");
        server().answerHeldConnects("{\"successful\":false,\"error\":\"500::busy\",\"ext\":{\"ack\":3}}");
        for (int n = 0; n <= 5; n++) {
            assertAcknowledged(5, take(CONNECT, before + n));
        }
    }

    @Test
    @Tag("C-115")
    void aNewSessionCountsFromTheBeginning() throws Exception {
        server().next(HANDSHAKE).amend(AGREED, AGREED, "{\"ext\":null}");
        bench().connectAndSettle();
        server().answerHeldConnects(ack(5));
        awaitHeldConnect();
        int before = count(CONNECT);
        assertAcknowledged(5, take(CONNECT, before));
        server().expireSessions();
        assertAcknowledged(0, take(CONNECT, before + 1));
        awaitHeldConnect();
        before = count(CONNECT);
        server().expireSessions();
        assertEquals("{}", extOf(take(CONNECT, before + 1)));
    }

    @Test
    @Tag("C-115")
    void aHandshakeReplyMaySayWhereToBegin() throws Exception {
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":{\"enabled\":true,\"batch\":4}}}");
        bench().connect();
        assertAcknowledged(4, take(CONNECT, 1));
    }

    @Test
    @Tag("C-118")
    void whatTheProgramSaysInTheHandshakeIsSaidToo() throws Exception {
        JsonObject own = Json.createObjectBuilder().add("app", "demo").build();
        bench().connect(bench().builder().handshake(Json.createObjectBuilder().add("ext", own).build()));
        JsonObject ext = take(HANDSHAKE, 1).json().getJsonObject("ext");
        assertTrue(ext.getBoolean("ack"));
        assertEquals("demo", ext.getString("app"));
    }
}
