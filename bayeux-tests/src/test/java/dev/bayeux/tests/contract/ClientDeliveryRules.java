package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receiving (protocol.md 4.9). */
abstract class ClientDeliveryRules extends ClientRules {

    @Test
    @Tag("C-74")
    void messagesArriveInOrder() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> pulled = client.subscription("/foo", "/bar/*").start();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        client.subscribe("/foo", message -> handled.add(message.text()));
        List<String> expected = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        for (String number : expected) {
            server().publish(Integer.parseInt(number) % 3 == 0 ? "/bar/x" : "/foo", number);
        }
        assertNext(pulled, expected.toArray(String[]::new));
        List<String> seen = new ArrayList<>();
        while (seen.size() < 333) {
            seen.add(handled.poll(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        }
        assertEquals(expected.stream().filter(number -> Integer.parseInt(number) % 3 != 0).toList(), seen);
    }

    @Test
    @Tag("C-76")
    void deliveriesComeInAnyResponse() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().next("/bar").reply("""
                [{"channel":"/foo","data":1},{"channel":"/bar","id":"${id}","successful":true},
                 {"channel":"/foo","data":2}]""");
        client.publish("/bar", 0);
        server().next(SUBSCRIBE).reply("""
                [{"channel":"/meta/subscribe","id":"${id}","successful":true,"subscription":"/baz"},
                 {"channel":"/foo","data":3}]""");
        client.subscribe("/baz");
        assertNext(subscription, "1", "2", "3");
    }

    @Test
    @Tag("C-76")
    @Tag("C-93")
    void deliveriesComeWithTheLastReplies() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitHeldConnect();
        server().next(DISCONNECT).reply("""
                [{"channel":"/foo","data":1},{"channel":"/meta/disconnect","id":"${id}","successful":true}]""");
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        take(DISCONNECT);
        server().publish("/foo", "2");
        disconnecting.result();
        List<String> received = new ArrayList<>(List.of(next(subscription), next(subscription)));
        received.sort(null);
        assertEquals(List.of("1", "2"), received);
    }

    @Test
    @Tag("C-77")
    void aMessageWithDataAndAResultIsBoth() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().next("/foo").reply("{\"channel\":\"/foo\",\"id\":\"${id}\",\"successful\":true,\"data\":1}");
        client.publish("/foo", 0);
        assertNext(subscription, "1");
    }

    @Test
    @Tag("C-77")
    @Tag("C-89")
    void channelThenDataThenResultTellWhatAMessageIs() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/**");
        for (String message : List.of("{\"channel\":\"/foo\",\"successful\":true}", "{\"channel\":\"/foo\"}",
                "{\"channel\":\"/meta/foo\",\"data\":1}", "{\"channel\":\"/meta/subscribe\",\"data\":2}",
                "{\"channel\":\"/foo\",\"successful\":false,\"data\":null}",
                "{\"channel\":\"/foo\",\"data\":5}")) {
            awaitHeldConnect();
            server().push(message);
        }
        assertNext(subscription, "null", "5");
        assertTrue(client.isReady());
    }

    @Test
    @Tag("C-78")
    void eachSubscriberGetsAMessageOnce() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        List<PullSubscription<JsonValue>> all = List.of(client.subscribe("/a/b"), client.subscribe("/a/*"),
                client.subscribe("/a/**"), client.subscribe("/**"),
                client.subscription("/a/b", "/a/*", "/a/**", "/**").start(), client.subscribe("/a/b"));
        server().publish("/a/b", "1");
        for (PullSubscription<JsonValue> each : all) {
            assertNext(each, "1");
        }
        server().awaitHeldConnects(1, bench().patience);
        server().publish("/a/b", "2");
        for (PullSubscription<JsonValue> each : all) {
            assertNext(each, "2");
        }
    }

    @Test
    @Tag("C-78")
    void patternsMatchAsTheServerMatches() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> one = client.subscribe("/a/*");
        PullSubscription<JsonValue> more = client.subscribe("/a/**");
        PullSubscription<JsonValue> top = client.subscribe("/*");
        int number = 0;
        for (String channel : List.of("/a", "/a/b", "/a/b/c", "/ab/c", "/A/b", "/b")) {
            server().push("{\"channel\":\"%s\",\"data\":%d}".formatted(channel, number++));
            awaitHeldConnect();
        }
        server().push("{\"channel\":\"/a/end\",\"data\":7}");
        awaitHeldConnect();
        server().push("{\"channel\":\"/end\",\"data\":8}");
        assertNext(one, "1", "7");
        assertNext(more, "1", "2", "7");
        assertNext(top, "0", "5", "8");
    }

    @Test
    @Tag("C-80")
    void whatNobodyWantsIsDroppedInSilence() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().push("{\"channel\":\"/unknown\",\"data\":1}");
        awaitHeldConnect();
        server().publish("/foo", "2");
        assertNext(subscription, "2");
        assertEquals(List.of(), bench().events.all(ClientEvent.Failure.class));
    }

    @Test
    @Tag("C-82")
    void whateverElseADeliveryHasIsNoHindrance() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        server().push("""
                {"timestamp":"x","own":{"a":[]},"clientId":"somebody-else","id":17,"data":{"n":12345678901234567890},
                 "ext":{"k":"v"},"channel":"/foo"}""");
        Message<JsonValue> message = subscription.poll(bench().patience).orElseThrow();
        assertEquals("/foo", message.channel());
        assertEquals(Optional.of("17"), message.id());
        assertEquals("v", message.ext().getString("k"));
        assertEquals("{\"n\":12345678901234567890}", message.text());
        assertEquals("12345678901234567890",
                String.valueOf(message.data() == null ? null : message.data().asJsonObject().get("n")));
    }

    @Test
    @Tag("C-83")
    void aRefusalWithoutAChannelFailsTheRequest() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        server().next("/foo").reply("[{\"successful\":false,\"error\":\"Too many connections\"}]");
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals("Too many connections", failure.error().orElseThrow().text());
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-83")
    @Tag("C-84")
    void nonsenseIsIgnoredAndReported() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (String nonsense : List.of("{}", "{\"channel\":null}", "7", "null", "\"text\"", "[[]]",
                "{\"channel\":\"/meta/unknown\",\"successful\":true}", "{\"channel\":\"/bar\"}",
                "{\"channel\":\"/meta/subscribe\",\"id\":\"no\",\"successful\":false}",
                "{\"channel\":\"/meta/unsubscribe\",\"successful\":false}", "{\"channel\":7,\"data\":1}",
                "{\"channel\":[\"/foo\"],\"data\":1,\"advice\":7,\"ext\":[],\"id\":{}}")) {
            awaitHeldConnect();
            server().push(nonsense);
        }
        awaitHeldConnect();
        server().publish("/foo", "1");
        assertNext(subscription, "1");
        bench().events.take(ClientEvent.MessageIgnored.class);
        assertTrue(client.isReady());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    @Tag("C-86")
    void aHandlerThatThrowsGetsTheNextMessage() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        var subscription = client.subscribe("/foo", message -> {
            handled.add(message.text());
            throw new Exception("of the test");
        });
        PullSubscription<JsonValue> other = client.subscribe("/foo");
        client.publish("/foo", 1);
        client.publish("/foo", 2);
        for (int n = 1; n <= 2; n++) {
            ClientEvent.HandlerFailed event = bench().events.take(ClientEvent.HandlerFailed.class);
            assertEquals(subscription, event.subscription());
            assertEquals("/foo", event.channel());
            assertEquals("of the test", event.cause().getMessage());
        }
        assertEquals(List.of("1", "2"), List.copyOf(handled));
        assertNext(other, "1", "2");
    }

    @Test
    @Tag("C-88")
    void nullIsDelivered() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> plain = client.subscribe("/foo");
        PullSubscription<Integer> typed = client.subscribe("/foo", Integer.class);
        server().publish("/foo", "null");
        assertNext(plain, "null");
        assertNull(typed.poll(bench().patience).orElseThrow().data());
    }

    @Test
    @Tag("C-89")
    void subscribersSeeNoRepliesAndNoMetaMessages() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> all = client.subscribe("/**");
        server().answerHeldConnects("{\"data\":\"of a connect\"}");
        awaitHeldConnect();
        server().next("/bar").reply("{\"channel\":\"/bar\",\"id\":\"${id}\",\"successful\":true}");
        client.publish("/bar", 1);
        client.subscribe("/foo");
        server().publish("/foo", "1");
        assertNext(all, "1");
    }
}
