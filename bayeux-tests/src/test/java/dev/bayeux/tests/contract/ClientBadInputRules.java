package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Limits;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.ScriptedServer;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Input that no server should send: the client reports each kind, the session continues, and earlier messages are not lost.
 */
abstract class ClientBadInputRules extends ClientRules {

    private static final int MOST_BYTES = 50_000;
    private static final byte[] NOT_UTF8 = {'[', '"', (byte) 0xc3, '(', '"', ']'};

    /** A client whose connect is held, with a message that no thread has taken yet. */
    private PullSubscription<JsonValue> withAMessage(BayeuxClient client) throws InterruptedException {
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().publish("/foo", "\"before\"");
        awaitHeldConnect();
        return subscription;
    }

    private BayeuxClient connected() throws InterruptedException {
        return bench().connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxReplyBytes(MOST_BYTES)));
    }

    private BayeuxException toldOf() throws InterruptedException {
        return bench().events.take(ClientEvent.AttemptFailed.class).cause();
    }

    private void assertGoesOn(BayeuxClient client, String clientId, PullSubscription<JsonValue> subscription)
            throws InterruptedException {
        await(client, ConnectionStatus.CONNECTED);
        awaitHeldConnect();
        server().publish("/foo", "\"after\"");
        assertNext(subscription, "\"before\"");
        assertNext(subscription, "\"after\"");
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(1, count(HANDSHAKE));
    }

    private void assertSurvives(Answer bad, Problem... problems) throws InterruptedException {
        BayeuxClient client = connected();
        String clientId = client.clientId().orElseThrow();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        server().next(CONNECT).answer(bad);
        server().answerHeldConnects("{}");
        BayeuxException told = toldOf();
        boolean malformed = told instanceof MalformedMessageException && problems.length == 0;
        assertTrue(malformed || told instanceof TransportException transport
                && List.of(problems).contains(transport.problem()), told::toString);
        assertGoesOn(client, clientId, subscription);
    }

    @Test
    @Tag("C-108")
    void aPageOfHtml() throws Exception {
        assertSurvives(Answer.html("<!DOCTYPE html><p>Please log in"));
    }

    @Test
    @Tag("C-107")
    void aProxysPage() throws Exception {
        needsRequests("other rules check what its sockets bring");
        assertSurvives(
                new Reply(502, Answer.html("").headers(), "<h1>Bad Gateway</h1>".getBytes(StandardCharsets.UTF_8),
                        Reply.Framing.LENGTH),
                Problem.STATUS);
    }

    @Test
    @Tag("C-46")
    void anEmptyArray() throws Exception {
        assertSurvives(Answer.json("[]"), Problem.LOST);
    }

    @Test
    @Tag("C-108")
    void halfOfAReply() throws Exception {
        Reply half = Answer.json("[{\"channel\":\"/foo\",\"da");
        if (contract().posts()) {
            assertSurvives(half);
        } else {
            assertSurvives(half, Problem.UNREADABLE);
        }
    }

    /** Answers the next connect with this, in which {@code !Infinity} stands for what is no JSON. */
    private void nextConnectBrings(String reply) {
        server().next(CONNECT).reply(reply).change(usual -> usual.body(new String(usual.body(), StandardCharsets.UTF_8)
                .replace("\"!", "").replace("!\"", "").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Tag("C-84")
    @Tag("C-112")
    void oneUnreadableValueCostsItsMessageAndNoMore() throws Exception {
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":true}}");
        BayeuxClient client = connected();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        assertNext(subscription, "\"before\"");
        int before = count(CONNECT);
        nextConnectBrings("""
                [{"channel":"/foo","data":1},{"data":"!Infinity!","channel":"/foo"},{"channel":"/foo","data":2},
                 {"channel":"/meta/connect","id":"${id}","successful":true,"ext":{"ack":7}}]""");
        server().answerHeldConnects("{}");
        assertNext(subscription, "1");
        assertNext(subscription, "2");
        BayeuxException told = bench().events.take(ClientEvent.MessageIgnored.class).cause();
        assertInstanceOf(MalformedMessageException.class, told);
        assertTrue(told.getMessage().contains("on /foo") && told.getMessage().contains("Infinity"), told::getMessage);
        assertEquals("{\"ack\":7}", take(CONNECT, before + 2).json().get("ext").toString());
        assertEquals(ConnectionStatus.CONNECTED, client.state().status());
    }

    @Test
    @Tag("C-84")
    void anUnreadableReplyFailsItsRequestAtOnce() throws Exception {
        BayeuxClient client = connected();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        nextConnectBrings("""
                [{"channel":"/meta/connect","id":"${id}","successful":true,"advice":{"timeout":"!NaN!"}}]""");
        server().answerHeldConnects("{}");
        assertTrue(toldOf().getMessage().contains("/meta/connect"));
        assertGoesOn(client, client.clientId().orElseThrow(), subscription);
    }

    @Test
    @Tag("C-112")
    @Tag("C-114")
    void aReplyThatCannotBeReadTwiceEndsTheSession() throws Exception {
        needsBodies();
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":true}}");
        BayeuxClient client = connected();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        assertNext(subscription, "\"before\"");
        String broken = """
                [{"channel":"/foo","data":1},{"channel":"/meta/connect","id":"${id}","successful":true,"ext":{"ack":7}},
                 {"channel":"/foo","data":"![x!"}]""";
        nextConnectBrings(broken);
        nextConnectBrings(broken);
        server().answerHeldConnects("{}");
        assertInstanceOf(MalformedMessageException.class, toldOf());
        BayeuxException second = assertInstanceOf(MalformedMessageException.class, toldOf());
        assertTrue(second.getMessage().contains("are lost"), second::getMessage);
        take(HANDSHAKE, 2);
        await(client, ConnectionStatus.CONNECTED);
        awaitHeldConnect();
        server().publish("/foo", "\"after\"");
        assertNext(subscription, "1");
        assertNext(subscription, "\"after\"");
    }

    @Test
    @Tag("C-84")
    void elementsThatAreNoMessagesAreReportedOnce() throws Exception {
        BayeuxClient client = connected();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        nextConnectBrings("[{}" + ",{}".repeat(10_000)
                + ",{\"channel\":\"/meta/connect\",\"id\":\"${id}\",\"successful\":true}]");
        server().answerHeldConnects("{}");
        assertTrue(bench().events.take(ClientEvent.MessageIgnored.class).cause().getMessage().contains("10001"));
        assertGoesOn(client, client.clientId().orElseThrow(), subscription);
    }

    @Test
    @Tag("C-84")
    void aReplyWithTooManyMessagesEndsAnAcknowledgingSession() throws Exception {
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":true}}");
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxReplyMessages(20)));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        nextConnectBrings("[{\"channel\":\"/meta/connect\",\"id\":\"${id}\",\"successful\":true,\"ext\":{\"ack\":7}}"
                + ",{\"channel\":\"/foo\",\"data\":1}".repeat(20) + "]");
        server().answerHeldConnects("{}");
        assertEquals(Problem.TOO_LARGE, assertInstanceOf(TransportException.class, toldOf()).problem());
        for (int n = 1; n < 20; n++) {
            assertNext(subscription, "1");
        }
        take(HANDSHAKE, 2);
        await(client, ConnectionStatus.CONNECTED);
        awaitHeldConnect();
        server().publish("/foo", "\"after\"");
        assertNext(subscription, "\"after\"");
    }

    @Test
    @Tag("C-109")
    void textThatIsNotUtf8() throws Exception {
        needsRequests("other rules check what its sockets bring");
        assertSurvives(Answer.json("").body(NOT_UTF8), Problem.UNREADABLE);
    }

    @Test
    @Tag("C-108")
    void bytesThatAreNotInTheirCoding() throws Exception {
        needsRequests("other rules check what its sockets bring");
        assertSurvives(Answer.json("").header("Content-Encoding", "gzip").body(NOT_UTF8), Problem.UNREADABLE,
                Problem.LOST);
    }

    @Test
    @Tag("C-108")
    void aReplyWithoutEnd() throws Exception {
        needsRequests("other rules check what its sockets bring");
        assertSurvives(Answer.endless(), Problem.TOO_LARGE);
    }

    @Test
    @Tag("C-127")
    void aFrameThatCannotBeRead() throws Exception {
        Assumptions.assumeTrue(contract().fullDuplex(), "not for a transport without frames");
        ScriptedServer sockets = assertInstanceOf(ScriptedServer.class, bench().peer);
        List<Frame> bad = List.of(Frame.binary(NOT_UTF8), Frame.text(NOT_UTF8), Frame.next(true, NOT_UTF8));
        for (Frame frame : bad) {
            int handshakes = count(HANDSHAKE);
            BayeuxClient client = connected();
            String clientId = client.clientId().orElseThrow();
            PullSubscription<JsonValue> subscription = withAMessage(client);
            sockets.sockets().take(bench().patience).send(frame);
            assertEquals(Problem.UNREADABLE, assertInstanceOf(TransportException.class, toldOf()).problem());
            await(client, ConnectionStatus.CONNECTED);
            sockets.sockets().take(bench().patience);
            awaitHeldConnect();
            server().publish("/foo", "\"after\"");
            assertNext(subscription, "\"before\"");
            assertNext(subscription, "\"after\"");
            assertEquals(clientId, client.clientId().orElseThrow());
            assertEquals(handshakes + 1, count(HANDSHAKE));
            client.close();
        }
    }

    @Test
    @Tag("C-125")
    void textThatIsNoMessage() throws Exception {
        Assumptions.assumeTrue(contract().fullDuplex(), "not for a transport without frames");
        ScriptedServer sockets = assertInstanceOf(ScriptedServer.class, bench().peer);
        BayeuxClient client = connected();
        String clientId = client.clientId().orElseThrow();
        PullSubscription<JsonValue> subscription = withAMessage(client);
        int connects = count(CONNECT);
        sockets.sockets().take(bench().patience).send(Frame.text("[]"), Frame.text("<html>"), Frame.text("[{\"cha"),
                Frame.text(""), Frame.text("7"));
        take(CONNECT, connects + 1);
        assertGoesOn(client, clientId, subscription);
        assertEquals(1, sockets.sockets().upgradeCount());
    }
}
