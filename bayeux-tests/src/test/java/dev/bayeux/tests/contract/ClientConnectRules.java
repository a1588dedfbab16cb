package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Backoff;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connect loop (protocol.md 4.2). */
abstract class ClientConnectRules extends ClientRules {

    private static final String NOT_HELD = "{\"advice\":{\"timeout\":0}}";

    /** The fields that are the same for each message of a kind, left out. */
    private static void assertConnect(String own, ReceivedMessage connect) {
        JsonObject json = connect.json();
        assertEquals(own, Json.createObjectBuilder(json).remove("id").remove("channel").remove("clientId")
                .remove("connectionType").build().toString());
    }

    @Test
    @Tag("C-15")
    @Tag("C-16")
    void theFirstConnectAsksToBeAnsweredAtOnceAndTheOthersDoNot() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{}");
        take(CONNECT, 3);
        assertConnect(NOT_HELD, take(CONNECT, 1));
        assertConnect("{}", take(CONNECT, 2));
        assertConnect("{}", take(CONNECT, 3));
        for (ReceivedMessage connect : server().messages(CONNECT)) {
            assertEquals(client.clientId().orElseThrow(), connect.clientId());
            assertEquals(bench().provider.connectionType(), connect.text("connectionType"));
        }
    }

    @Test
    @Tag("C-16")
    void aConnectAfterOneThatFailedAsksToBeAnsweredAtOnce() throws Exception {
        needsRequests("one connection carries everything");
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"successful\":false,\"error\":\"500::busy\"}");
        assertConnect(NOT_HELD, take(CONNECT, 3));
        assertConnect("{}", take(CONNECT, 4));
        awaitHeldConnect();
        await(client, ConnectionStatus.CONNECTED);
        server().next(CONNECT).answer(Answer.drop());
        server().answerHeldConnects("{}");
        assertConnect("{}", take(CONNECT, 5));
        assertConnect(NOT_HELD, take(CONNECT, 6));
        assertConnect("{}", take(CONNECT, 7));
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-17")
    @Tag("C-48")
    void connectsTravelAloneWhateverElseIsSent() throws Exception {
        server().hold(Duration.ofMillis(1));
        BayeuxClient client = bench().connect();
        for (int connects = 3; connects < 13; connects++) {
            client.publish("/foo", connects);
            take(CONNECT, connects);
            client.publish("/foo", connects);
        }
        for (ReceivedMessage connect : server().messages(CONNECT)) {
            assertEquals(1, server().messages().stream().filter(other -> other.request() == connect.request()).count());
        }
    }

    @Test
    @Tag("C-18")
    void thereIsNeverMoreThanOneConnect() throws Exception {
        needsRequests("one connection carries everything");
        server().hold(Duration.ofMillis(1));
        BayeuxClient client = bench().connect();
        client.subscribe("/foo");
        for (int n = 0; n < 30; n++) {
            if (n % 10 == 5) {
                server().next(CONNECT).change(reply -> Answer.drop());
            }
            client.publish("/foo", n);
        }
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(1, server().mostConnectsAtOnce());
    }

    @Test
    @Tag("C-19")
    void theIntervalDelaysConnectsAndNothingElse() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":%s}}".formatted(NEVER));
        client.subscribe("/foo");
        client.publish("/foo", 1);
        client.publish("/foo", 2);
        assertEquals(2, count(CONNECT));
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-19")
    void aConnectFollowsWhenTheIntervalIsOver() throws Exception {
        bench().connectAndSettle();
        server().answerHeldConnects("{\"advice\":{\"interval\":10}}");
        assertConnect("{}", take(CONNECT, 3));
    }

    /** Other languages than Java throw whatever they like. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException anything(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    @Tag("C-21")
    void nothingThatASupplierThrowsStopsTheLoop() throws Exception {
        needsRequests("its headers travel once");
        Queue<Throwable> inHandshakes = new ConcurrentLinkedQueue<>(
                List.of(new AssertionError("of the test"), new IOException("of the test")));
        Queue<Throwable> inRequests = new ConcurrentLinkedQueue<>(
                List.of(new AssertionError("of the test"), new IOException("of the test")));
        BayeuxClient client = bench().connect(bench().builder().handshake(() -> {
            Throwable thrown = inHandshakes.poll();
            if (thrown != null) {
                throw ClientConnectRules.<RuntimeException>anything(thrown);
            }
            return JsonValue.EMPTY_JSON_OBJECT;
        }).addHeaders(() -> {
            Throwable thrown = inRequests.poll();
            if (thrown != null) {
                throw ClientConnectRules.<RuntimeException>anything(thrown);
            }
            return Map.of();
        }));
        awaitHeldConnect();
        inRequests.add(new IOException("of the test"));
        bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        client.publish("/foo", 2);
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-21")
    @Tag("C-86")
    void nothingThatTheProgramThrowsStopsTheLoop() throws Exception {
        BayeuxClient client = bench().connect(bench().builder().onError(event -> {
            throw new AssertionError("thrown by the listener of a test");
        }));
        client.subscribe("/foo", message -> {
            throw new Exception("a handler");
        });
        client.subscribe("/foo", message -> {
            throw new StackOverflowError("another handler");
        });
        awaitHeldConnect();
        server().publish("/foo", "1");
        bench().events.take(ClientEvent.HandlerFailed.class);
        bench().events.take(ClientEvent.HandlerFailed.class);
        awaitHeldConnect();
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-22")
    @Tag("C-87")
    void aSlowHandlerDelaysNeitherConnectsNorOthers() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        client.subscribe("/foo", message -> {
            slow.countDown();
            release.await();
        });
        var other = client.subscribe("/foo");
        for (int n = 1; n <= 3; n++) {
            awaitHeldConnect();
            server().publish("/foo", Integer.toString(n));
            assertNext(other, Integer.toString(n));
        }
        awaitHeldConnect();
        assertEquals(0, slow.getCount());
        client.publish("/bar", 1);
        release.countDown();
    }

    @Test
    @Tag("C-23")
    void aServerThatForgetsEachSessionMakesNoStorm() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().sendTimeout(ClientBench.SHORT)
                .backoff(Backoff.of(Duration.ofHours(1), Duration.ofHours(2))));
        for (int n = 0; n < 20; n++) {
            server().next(CONNECT)
                    .amend(refusal("402::session_unknown", "{\"reconnect\":\"handshake\",\"interval\":0}"));
        }
        server().expireSessions();
        for (int n = 0; n < 3; n++) {
            bench().events.takeChangeTo(ConnectionStatus.REHANDSHAKING);
        }
        // Three handshakes are free; the next one waits for an hour.
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertEquals(3, count(HANDSHAKE));
        assertEquals(ConnectionStatus.REHANDSHAKING, client.state().status());
    }

    @Test
    @Tag("C-39")
    void idsAreFreshAndPlain() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.subscribe("/foo");
        client.batch(batch -> IntStream.range(0, 20).forEach(n -> batch.publish("/foo", n)));
        server().expireSessions();
        take(HANDSHAKE, 2);
        awaitReady(client);
        client.reconnect();
        client.publish("/foo", 21);
        List<String> ids = server().messages().stream().map(ReceivedMessage::id).toList();
        ids.forEach(id -> assertTrue(id.matches("[A-Za-z0-9]+") && !id.equals("0"), id));
        Set<String> different = new HashSet<>(ids);
        assertEquals(ids.size(), different.size(), ids::toString);
    }
}
