package dev.bayeux.tests.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows about errors, extensions, what servers lack, and the notes below the table. */
class ErrorRowsTest extends DialectRows {

    private PublishException failedPublish(BayeuxClient client) {
        return assertThrows(PublishException.class, () -> client.publish("/foo", 1));
    }

    @ParameterizedTest
    @CsvSource({"400,REFUSED", "500,UNKNOWN"})
    @Tag("C-107")
    void requestLevelErrors_cometdNodejsAndFayeByStatus(int status, Outcome outcome) throws Exception {
        BayeuxClient client = connect();
        server.next("/foo").answer(
                new Reply(status, List.of(), "Bad request".getBytes(StandardCharsets.UTF_8), Reply.Framing.LENGTH));
        PublishException failure = failedPublish(client);
        assertEquals(outcome, failure.outcome());
        assertEquals(OptionalInt.of(status), ((TransportException) failure.getCause()).status());
        assertWorks(client);
    }

    @Test
    @Tag("C-83")
    void requestLevelErrors_poeByAMessageWithoutChannel() throws Exception {
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1));
        server.next("/foo").answer(Answer.json("[{\"error\":\"Invalid message found\",\"successful\":false}]"));
        PublishException failure = failedPublish(client);
        assertTrue(failure.getMessage().contains("Invalid message found"), failure::getMessage);
        assertWorks(client);
    }

    /** Ten requests from one address are its limit. */
    @Test
    @Tag("C-105")
    @Tag("C-20/A10")
    void tooManyConnections_poeAnswersWithStatusAndALoneObject() throws Exception {
        server.next(HANDSHAKE).answer(Reply.of(503).body(
                "{\"error\":\"Too many connections from your IP\",\"successful\":false}"
                        .getBytes(StandardCharsets.UTF_8)));
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1));
        assertEquals(503, assertInstanceOf(TransportException.class,
                awaitEvent(ClientEvent.AttemptFailed.class).cause()).status().orElseThrow());
        assertWorks(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"403:denied,really:publish_denied|403|denied;really|publish_denied",
            "405:/foo:Invalid channel|405|/foo|Invalid channel", "400::The replayId: wrong|400||The replayId: wrong",
            "Invalid service method x||" + "|Invalid service method x"})
    void errorStyle(String error, Integer code, String args, String text) throws Exception {
        BayeuxClient client = connect();
        server.next("/foo").amend("{\"successful\":false,\"error\":\"%s\"}".formatted(error));
        ServerError told = failedPublish(client).error().orElseThrow();
        assertEquals(code == null ? OptionalInt.empty() : OptionalInt.of(code), told.code());
        assertEquals(args == null ? "" : args, String.join(";", told.args()));
        assertEquals(text, told.text());
    }

    @Test
    @Tag("C-115")
    void extensions_acknowledgementNeedsTheServersWord() throws Exception {
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        assertWorks(client);
        assertTrue(server.messages(CONNECT).stream().noneMatch(connect -> connect.json().containsKey("ext")));
    }

    @Test
    @Tag("C-110")
    void extensions_poeWrapsRepliesInComments() throws Exception {
        for (String channel : List.of(CONNECT, SUBSCRIBE, "/works")) {
            server.next(channel).change(reply -> Reply.of(200).header("Content-Type", "text/json-comment-filtered")
                    .body(("/*" + reply.text() + "*/").getBytes(StandardCharsets.UTF_8)));
        }
        assertWorks(connect(builder().dialect(Dialect.DRAFT_1)));
    }

    @Test
    @Tag("C-107")
    void responseType_poeSendsTextJsonAndClosesTheConnection() throws Exception {
        for (String channel : List.of(HANDSHAKE, CONNECT, SUBSCRIBE, "/works")) {
            server.next(channel).change(reply -> Reply.of(200).header("Content-Type", "text/json; charset=utf-8")
                    .body(reply.body()).framed(Reply.Framing.UNTIL_CLOSED));
        }
        assertWorks(connect(builder().dialect(Dialect.DRAFT_1)));
    }

    @Test
    void missingFeatures_acknowledgementIsOfferedAndNotMissed() throws Exception {
        server.withoutCookies().connectionTypes("long-polling");
        BayeuxClient client = connect();
        assertTrue(take(HANDSHAKE).json().getJsonObject("ext").getBoolean("ack"));
        PullSubscription<?> subscription = client.subscribe("/foo");
        server.publish("/foo", "1");
        assertNext("1", subscription);
        assertFalse(server.messages(CONNECT).getLast().json().containsKey("ext"));
    }

    /** Salesforce hides that the token has expired. */
    @Test
    @Tag("C-97")
    void salesforceNamesTheReasonInExt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.next(HANDSHAKE).amend("""
                {"successful":false,"clientId":null,"error":"403::Handshake denied",
                 "advice":{"reconnect":"none"},
                 "ext":{"sfdc":{"failureReason":"401::Authentication invalid"}}}""");
        assertWorks(connect(builder().credentials(refused -> Credentials.bearer("t" + asked.incrementAndGet()))));
        assertEquals(2, asked.get());
    }

    /** Logitech's servers refuse with advice on any channel, and a client id of null. */
    @Test
    @Tag("C-28")
    void logitechAndFayeAdviseANewHandshakeOnAnyMessage() throws Exception {
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        server.next("/foo").amend("""
                {"successful":false,"clientId":null,"error":"invalid clientId","advice":{"reconnect":"handshake"}}""");
        client.publish("/foo", 1);
        awaitEvent(ClientEvent.SessionRenewed.class);
        assertTrue(client.awaitReady(LIMIT));
        assertWorks(client);
    }

    /** Behind a balancer that is not sticky. */
    @Test
    @Tag("C-23")
    void cometdDoesNotKnowTheSessionNowAndThen() throws Exception {
        server.next(CONNECT).amend("{}", """
                {"successful":false,"error":"402::session_unknown","advice":{"reconnect":"handshake","interval":0}}""");
        BayeuxClient client = connect();
        awaitEvent(ClientEvent.SessionRenewed.class);
        assertTrue(client.awaitReady(LIMIT));
        assertWorks(client);
    }
}
