package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import jakarta.json.JsonValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine asks of HTTP, and makes of its answers, over whatever transport (protocol.md 4.12). */
abstract class ClientConversationRules extends ClientRules {

    private ReceivedRequest requestWith(String channel, int number) throws InterruptedException {
        return bench().peer.requests().get(take(channel, number).request() - 1);
    }

    @Test
    @Tag("C-106")
    void postJson() throws Exception {
        needsRequests("its headers travel once");
        needsBodies();
        BayeuxClient client = bench().connectAndSettle();
        client.publish("/foo", "ü€😀");
        for (ReceivedRequest request : bench().peer.requests()) {
            assertEquals("POST", request.method());
            assertEquals("application/json;charset=utf-8",
                    request.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT));
            assertEquals(JsonValue.ValueType.ARRAY, request.json().getValueType());
        }
        assertTrue(requestWith("/foo", 1).text().contains("ü€😀"));
    }

    @Test
    @Tag("C-106")
    void headersOfTheProgramAreOnEachRequest() throws Exception {
        needsRequests("its headers travel once");
        AtomicInteger asked = new AtomicInteger();
        BayeuxClient client = bench().connectAndSettle(bench().builder().header("X-Fixed", "always")
                .addHeaders(() -> Map.of("X-Fresh", Integer.toString(asked.incrementAndGet()))));
        client.publish("/foo", 1);
        Set<String> fresh = new HashSet<>();
        for (ReceivedRequest request : bench().peer.requests()) {
            assertEquals(List.of("always"), request.headers("X-Fixed"));
            fresh.add(request.header("X-Fresh"));
        }
        assertEquals(bench().peer.requestCount(), fresh.size());
    }

    @Test
    @Tag("C-106")
    void aHeaderSourceThatThrowsFailsOnlyItsRequest() throws Exception {
        needsHeadersAndStatuses();
        AtomicInteger asked = new AtomicInteger();
        BayeuxClient client = bench().connect(bench().builder().addHeaders(() -> {
            if (asked.incrementAndGet() < 3) {
                throw new IllegalStateException("of the test");
            }
            return Map.of();
        }));
        assertTrue(client.state().isConnected());
        bench().events.take(ClientEvent.AttemptFailed.class);
        bench().events.take(ClientEvent.AttemptFailed.class);
    }

    @Test
    @Tag("C-107")
    void theStatusIsExposed() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(502), Answer.status(500));
        bench().connect();
        for (int status : List.of(502, 500)) {
            TransportException failure = assertInstanceOf(TransportException.class,
                    bench().events.take(ClientEvent.AttemptFailed.class).cause());
            assertEquals(Problem.STATUS, failure.problem());
            assertEquals(status, failure.status().orElseThrow());
        }
    }

    @Test
    @Tag("C-106")
    void theAddressNamesTheTypeOfASingleMetaMessageWhereThatIsWanted() throws Exception {
        needsRequests("it has one address for all");
        needsBodies();
        BayeuxClient client = bench().connectAndSettle(
                bench().builder().http(HttpSettings.DEFAULT.withMessageTypeInUrl(true)));
        client.subscribe("/foo");
        client.publish("/bar", 1);
        client.disconnect();
        assertEquals(List.of("/handshake", "/connect", "/connect", "/subscribe", "", "/disconnect"),
                bench().peer.requests().stream()
                        .map(request -> request.target().substring(bench().peer.uri().getPath().length())).toList());
    }

    @Test
    @Tag("C-108")
    void aPageOfHtmlIsNoReply() throws Exception {
        needsRequests("only there a response ends what belongs to a request");
        server().next(HANDSHAKE).answer(Answer.html("<!DOCTYPE html><html><p>Please log in"));
        bench().connect();
        String text = assertInstanceOf(MalformedMessageException.class,
                bench().events.take(ClientEvent.AttemptFailed.class).cause()).getMessage();
        assertTrue(text.contains("HTML"), text);
    }

    @Test
    @Tag("C-109")
    void charset() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE)) {
            server().next("/foo").change(reply -> Reply.of(200)
                    .header("Content-Type", "application/json; charset=\"%s\"".formatted(charset))
                    .body(reply.text().getBytes(charset)));
            client.publish("/foo", "grün");
            assertNext(subscription, "\"grün\"");
        }
    }

    @Test
    @Tag("C-110")
    void aCommentAroundTheReplyIsRemoved() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().next("/foo").change(reply -> Answer.json("/*" + reply.text() + "*/\n"));
        client.publish("/foo", 1);
        assertNext(subscription, "1");
        for (ReceivedRequest request : bench().peer.requests()) {
            assertTrue(!request.text().contains("comment"));
        }
    }

    @Test
    @Tag("C-111")
    void cookiesBelongToOneClient() throws Exception {
        needsRequests("its messages bring no cookies");
        BayeuxClient first = bench().connect();
        BayeuxClient second = bench().connect();
        first.publish("/first", 1);
        second.publish("/second", 1);
        String one = requestWith("/first", 1).header("Cookie");
        String two = requestWith("/second", 1).header("Cookie");
        assertTrue(one.contains("BAYEUX_BROWSER=") && two.contains("BAYEUX_BROWSER="));
        assertNotEquals(one, two);
        assertEquals("", requestWith(HANDSHAKE, 2).header("Cookie"));
    }

    @Test
    @Tag("C-111")
    void cookiesAreTakenFromEveryResponse() throws Exception {
        needsRequests("its messages bring no cookies");
        server().next(HANDSHAKE).answer(Answer.status(503).header("Set-Cookie", "a=1; Path=/"),
                Answer.json("[{\"channel\":\"/meta/handshake\",\"successful\":false}]").header("Set-Cookie", "b=2"));
        server().next(CONNECT).change(reply -> reply.header("Set-Cookie", "a=3; Path=/"));
        BayeuxClient client = bench().connectAndSettle();
        assertEquals("a=1", requestWith(HANDSHAKE, 2).header("Cookie"));
        String third = requestWith(HANDSHAKE, 3).header("Cookie");
        assertTrue(third.contains("a=1") && third.contains("b=2"), third);
        client.publish("/foo", 1);
        String later = requestWith("/foo", 1).header("Cookie");
        assertTrue(later.contains("a=3") && !later.contains("a=1"), later);
    }
}
