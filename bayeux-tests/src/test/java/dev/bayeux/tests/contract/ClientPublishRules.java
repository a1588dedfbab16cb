package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishing and calling (protocol.md 4.7). */
abstract class ClientPublishRules extends ClientRules {

    @Test
    @Tag("C-57")
    void onlyChannelsCanBePublishedTo() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        int before = bench().peer.requestCount();
        for (String channel : List.of("/foo/*", "/**", "/meta/connect", "/meta", "/meta/own", "/service", "foo", "/",
                "", "/foo//bar", "/foo/")) {
            bench().run(() -> client.publish(channel, 1)).failure(IllegalArgumentException.class);
        }
        assertEquals(before, bench().peer.requestCount());
    }

    @Test
    @Tag("C-58")
    void aRefusalTellsWhatTheServerSaid() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").amend("{\"successful\":false,\"error\":\"403:a,b:no: never\"}", "{\"successful\":false}",
                "{\"successful\":false,\"error\":\"just no\"}");
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals(403, failure.error().orElseThrow().code().orElseThrow());
        assertEquals(List.of("a", "b"), failure.error().orElseThrow().args());
        assertEquals("no: never", failure.error().orElseThrow().text());
        failure = bench().run(() -> client.publish("/foo", 2)).failure(PublishException.class);
        assertEquals("", failure.error().orElseThrow().text());
        failure = bench().run(() -> client.publish("/foo", 3)).failure(PublishException.class);
        assertEquals("just no", failure.error().orElseThrow().text());
    }

    @Test
    @Tag("C-58")
    @Tag("C-77")
    void aRefusalThatRepeatsTheDataIsARefusal() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").amend("{\"successful\":false,\"error\":\"403::no\",\"data\":1}");
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals(403, failure.error().orElseThrow().code().orElseThrow());
    }

    @Test
    @Tag("C-58")
    void anEmptyErrorIsNoError() throws Exception {
        BayeuxClient client = bench().connect();
        server().next("/foo").amend("{\"successful\":true,\"error\":\"\"}");
        client.publish("/foo", 1);
    }

    @Test
    void dataIsSentAsItIs() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String odd = "ü€😀\u2028\"\\\n\u0001</script>";
        client.publish("/foo", odd);
        client.publish("/foo", Map.of("a", List.of(1, 2)));
        client.publish("/foo", JsonValue.FALSE);
        client.publish("/foo", Long.MAX_VALUE);
        client.publish("/foo", null);
        assertEquals(odd, take("/foo", 1).text("data"));
        assertEquals(List.of("{\"a\":[1,2]}", "false", "9223372036854775807", "null"),
                server().messages("/foo").stream().skip(1).map(message -> message.json().get("data").toString())
                        .toList());
    }

    @Test
    @Tag("C-59")
    void aServiceMessageWithAResultIsDelivered() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/service/foo");
        server().push("{\"channel\":\"/service/foo\",\"id\":\"77\",\"successful\":true,\"data\":1}");
        assertNext(subscription, "1");
        server().next("/service/foo").reply("""
                {"channel":"/service/foo","id":"${id}","successful":true,"data":2}""");
        client.publish("/service/foo", 0);
        assertNext(subscription, "2");
    }

    @Test
    @Tag("C-60")
    void aCallGetsTheAnswerWithItsId() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/service/sum").reply("""
                [{"channel":"/service/sum","id":"${id}","successful":true},
                 {"channel":"/service/sum","id":"${id}","data":3}]""");
        assertEquals(3, client.call("/service/sum", List.of(1, 2), Integer.class));
        server().next("/service/sum").reply("""
                {"channel":"/service/sum","id":"${id}","successful":true,"data":4}""");
        assertEquals("4", client.call("/service/sum", List.of(1, 3)).toString());
        server().next("/service/sum").reply("{\"channel\":\"/service/sum\",\"id\":\"${id}\",\"data\":null}");
        assertNull(client.call("/service/sum", List.of(), Integer.class));
    }

    @Test
    @Tag("C-60")
    void aSuccessfulReplyIsNotTheAnswer() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        BayeuxClient client = bench().connectAndSettle();
        server().next("/service/slow").reply("{\"channel\":\"/service/slow\",\"id\":\"x${id}\",\"successful\":true}",
                "{\"channel\":\"/service/slow\",\"id\":\"${id}\",\"successful\":true}");
        client.publish("/service/slow", 0);
        ClientCall<JsonValue> calling = bench().call(() -> client.call("/service/slow", 1));
        String id = take("/service/slow", 2).id();
        client.publish("/foo", 1);
        assertFalse(calling.isDone());
        server().push("{\"channel\":\"/service/slow\",\"id\":\"%s\",\"data\":5}".formatted(id));
        assertEquals("5", calling.result().toString());
    }

    @Test
    @Tag("C-60")
    void whereAnswersHaveNoIdACallWaitsForTheOneBefore() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/service/slow").reply("", "");
        ClientCall<JsonValue> first = bench().call(() -> client.call("/service/slow", 1));
        take("/service/slow");
        ClientCall<JsonValue> second = bench().call(() -> client.call("/service/slow", 2));
        client.publish("/foo", 3);
        server().push("{\"channel\":\"/service/slow\",\"data\":\"one\"}");
        assertEquals("\"one\"", first.result().toString());
        take("/service/slow");
        assertFalse(second.isDone());
        awaitHeldConnect();
        server().push("{\"channel\":\"/service/slow\",\"data\":\"two\"}");
        assertEquals("\"two\"", second.result().toString());
    }

    @Test
    @Tag("C-60")
    void callsAreAnsweredInAnyOrder() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/service/slow").reply("", "", "");
        // From here on it is known that answers have ids, so calls leave together.
        ClientCall<JsonValue> known = bench().call(() -> client.call("/service/slow", 0));
        server().push("{\"channel\":\"/service/slow\",\"id\":\"%s\",\"data\":0}".formatted(take("/service/slow").id()));
        known.result();
        awaitHeldConnect();
        ClientCall<JsonValue> first = bench().call(() -> client.call("/service/slow", 1));
        String firstId = take("/service/slow").id();
        ClientCall<JsonValue> second = bench().call(() -> client.call("/service/slow", 2));
        String secondId = take("/service/slow").id();
        server().push("{\"channel\":\"/service/slow\",\"id\":\"%s\",\"data\":\"two\"}".formatted(secondId));
        assertEquals("\"two\"", second.result().toString());
        awaitHeldConnect();
        server().push("{\"channel\":\"/service/slow\",\"id\":\"%s\",\"data\":\"one\"}".formatted(firstId));
        assertEquals("\"one\"", first.result().toString());
    }

    @Test
    @Tag("C-60")
    void aCallCanBeRefused() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().deny("/service/secret");
        PublishException failure = bench().call(() -> client.call("/service/secret", 1))
                .failure(PublishException.class);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals(403, failure.error().orElseThrow().code().orElseThrow());
    }

    @Test
    @Tag("C-60")
    void aCallWithoutAnAnswerEnds() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().replyTimeout(ClientBench.SHORT));
        assertEquals(Outcome.UNKNOWN, bench().call(() -> client.call("/service/silent", 1))
                .failure(PublishException.class).outcome());
        assertEquals("[1]", String.valueOf(client.call("/service/echo", List.of(1), TypeToken.of(JsonValue.class),
                bench().patience)));
    }

    @Test
    @Tag("C-60")
    void aCallEndsWithItsSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        ClientCall<JsonValue> calling = bench().call(() -> client.call("/service/silent", 1));
        take("/service/silent");
        server().expireSessions();
        assertEquals(Outcome.UNKNOWN, calling.failure(PublishException.class).outcome());
    }

    @Test
    void aCallNeedsAServiceAndATypeThatFits() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        bench().call(() -> client.call("/foo", 1)).failure(IllegalArgumentException.class);
        bench().call(() -> client.call("/service/echo", "text", Integer.class)).failure(PayloadException.class);
        assertEquals("text", client.call("/service/echo", "text", String.class));
    }

    @Test
    @Tag("C-61")
    void dataUnderTheIdOfAServiceRequestCountsAsItsReply() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/service/poe");
        server().next("/service/poe").reply("{\"channel\":\"/service/poe\",\"id\":\"${id}\",\"data\":1}");
        client.publish("/service/poe", 0);
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-62")
    void theOwnMessageComesOnlyFromTheServer() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().next("/foo").reply("{\"channel\":\"/foo\",\"id\":\"${id}\",\"successful\":true}");
        client.publish("/foo", 1);
        client.publish("/foo", 2);
        assertNext(subscription, "2");
    }

    @Test
    @Tag("C-47")
    void aPublishEndsWithItsSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        Held held = bench().await(reply);
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        held.release();
        disconnecting.result();
        publishing.result();
    }
}
