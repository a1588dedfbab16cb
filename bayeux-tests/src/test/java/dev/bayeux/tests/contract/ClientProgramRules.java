package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Message;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.RawJson;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What programs that pass messages on need: many messages at once, replies, raw text, strict order, and how to leave. */
abstract class ClientProgramRules extends ClientRules {

    @Test
    void pollTakesWhatWaitsInOrderAndNoMoreThanItsNumber() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<Integer> numbers = client.subscription("/foo").as(Integer.class).start();
        client.batch(batch -> List.of(1, 2, 3, 4, 5).forEach(n -> batch.publish("/foo", n)));
        List<Integer> all = new ArrayList<>();
        while (all.size() < 5) {
            List<Message<Integer>> some = numbers.poll(3, bench().patience);
            assertTrue(!some.isEmpty() && some.size() <= 3);
            some.forEach(message -> all.add(message.data()));
        }
        assertEquals(List.of(1, 2, 3, 4, 5), all);
        assertEquals(List.of(), numbers.poll(3, Duration.ZERO));
        bench().run(() -> numbers.poll(0, Duration.ZERO)).failure(IllegalArgumentException.class);
    }

    @Test
    void pollEndsBeforeAMessageThatCannotBeBoundAndThenThrowsOnce() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<Integer> numbers = client.subscribe("/foo", Integer.class);
        PullSubscription<JsonValue> last = client.subscribe("/last");
        client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/foo", "no number");
            batch.publish("/foo", 3);
            batch.publish("/last", 0);
        });
        last.take();
        assertEquals(List.of(1), numbers.poll(10, bench().patience).stream().map(Message::data).toList());
        bench().run(() -> numbers.poll(10, bench().patience)).failure(PayloadException.class);
        assertEquals(List.of(3), numbers.poll(10, bench().patience).stream().map(Message::data).toList());
    }

    @Test
    void aMessageNamesTheSubscriptionByWhichItCame() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> all = client.subscription("/a/**", "/a/*", "/a/b", "/c").start();
        for (String channel : List.of("/a/b", "/a/c", "/a/b/c", "/c")) {
            client.publish(channel, channel);
        }
        for (String expected : List.of("/a/b", "/a/*", "/a/**", "/c")) {
            assertEquals(expected, all.take().subscription());
        }
    }

    @Test
    void aMessageHasTheTimeThatTheServerGivesIt() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> messages = client.subscribe("/foo");
        Instant time = Instant.parse("1994-11-06T08:49:37Z");
        for (String text : List.of("1994-11-06T08:49:37", "1994-11-06T08:49:37Z", "1994-11-06T09:49:37+01:00",
                "Sun, 06 Nov 1994 08:49:37 GMT")) {
            server().push("{\"channel\":\"/foo\",\"timestamp\":\"%s\",\"data\":1}".formatted(text));
            assertEquals(Optional.of(time), messages.take().timestamp(), text);
        }
        server().push("{\"channel\":\"/foo\",\"timestamp\":\"soon\",\"data\":1}");
        assertEquals(Optional.empty(), messages.take().timestamp());
        server().push("{\"channel\":\"/foo\",\"data\":1}");
        assertEquals(Optional.empty(), messages.take().timestamp());
    }

    @Test
    void aPullSubscriptionCanStartWithoutWaiting() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/meta/subscribe");
        CompletableFuture<PullSubscription<JsonValue>> starting = client.subscription("/foo").startAsync();
        Held held = bench().call(reply::get).result();
        assertFalse(starting.isDone());
        held.release();
        PullSubscription<JsonValue> started = bench().call(starting::get).result();
        client.publish("/foo", 1);
        assertNext(started, "1");
        server().deny("/secret");
        assertInstanceOf(SubscribeException.class, bench().call(() -> client.subscription("/secret").startAsync()
                .<Throwable>handle((ok, failed) -> failed).get()).result());
        assertEquals(List.of(started), client.subscriptions());
    }

    @Test
    void aPullThatWaitsLearnsOnceThatItsSubscriptionWasNotRestored() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> secret = client.subscribe("/secret");
        awaitHeldConnect();
        ClientCall<Message<JsonValue>> taking = bench().call(secret::take);
        server().deny("/secret");
        server().expireSessions();
        assertEquals("/secret", taking.failure(SubscribeException.class).channel());
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(Optional.empty(), secret.poll(Duration.ZERO));
    }

    @Test
    void aPublishReturnsTheReplyOfTheServer() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().outbox(OutboxLimits.DEFAULT));
        server().next("/foo").amend("{\"ext\":{\"n\":1}}", "{}", "{}", "{\"ext\":{\"n\":2}}");
        PublishReply reply = client.publish("/foo", 0);
        assertTrue(reply.isConfirmed());
        assertEquals("{\"n\":1}", reply.ext().toString());
        assertEquals(Optional.empty(), reply.data());
        assertEquals(2, client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/foo", 2);
        }).size());
        assertEquals("{\"n\":2}",
                bench().call(() -> client.outbox().publish("/foo", 0).get()).result().ext().toString());
    }

    @Test
    void aPublishMayHaveALimitOfItsOwn() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/foo");
        PublishException late = bench().run(() -> client.publish("/foo", 1, ClientBench.SHORT))
                .failure(PublishException.class);
        assertEquals(Outcome.UNKNOWN, late.outcome());
        assertTrue(late.getMessage().contains("the limit of the publish"), late.getMessage());
        bench().call(reply::get).result().release();
        bench().run(() -> client.publish("/foo", 1, Duration.ZERO)).failure(IllegalArgumentException.class);
    }

    @Test
    void jsonTextIsSentAsItIs() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String text = " {\"b\" : 1e2, \"a\":[\"\\u00e9\\n\", null]}\n";
        client.publish("/foo", RawJson.of(text));
        assertTrue(bench().peer.requests().stream().anyMatch(request -> request.text().contains("\"data\":" + text)));
    }

    @Test
    void textThatIsNotOneJsonValueIsNeverSent() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        int before = bench().peer.requestCount();
        for (String text : List.of("", " ", "{", "[1,]", "1 2", "{\"a\":1}}", "nul", "'a'", "\"a\nb\"", "[\"\t\"]",
                "01", "{\"a\" 1}", "\"\\x\"", "},{\"channel\":\"/x\"", "\u0000")) {
            bench().run(() -> client.publish("/foo", RawJson.of(text))).failure(PayloadException.class);
        }
        assertEquals(before, bench().peer.requestCount());
    }

    @Test
    void theOutboxSendsMessagesOfAKeyOneAfterTheOther() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().outbox(OutboxLimits.DEFAULT.withoutDeadline()));
        Outbox outbox = client.outbox();
        CompletableFuture<Held> reply = bench().holdReply("/a");
        CompletableFuture<PublishReply> first = outbox.publishInOrder("k", "/a", 1);
        Held held = bench().call(reply::get).result();
        CompletableFuture<PublishReply> second = outbox.publishInOrder("k", "/a", 2);
        CompletableFuture<PublishReply> third = outbox.publishInOrder("k", "/a", 3);
        outbox.publish("/b", 4);
        take("/a");
        assertEquals(1, count("/a"));
        held.release();
        assertTrue(client.drain(bench().patience));
        for (CompletableFuture<PublishReply> each : List.of(first, second, third)) {
            bench().call(each::get).result();
        }
        assertEquals(List.of("1", "2", "3"), server().messages("/a").stream()
                .map(message -> message.json().get("data").toString()).toList());
        // Each of them in a batch of its own.
        assertEquals(3, bench().peer.requests().stream().filter(request -> request.text().contains("\"/a\"")).count());
    }

    @Test
    void abortEndsTheSessionWithoutTellingTheServer() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        awaitHeldConnect();
        assertTrue(client.isConnected());
        client.abort();
        await(client, ConnectionStatus.DISCONNECTED);
        assertFalse(client.isConnected());
        client.connect();
        client.publish("/foo", 1);
        assertNext(foo, "1");
        client.abort();
        client.close();
        assertEquals(0, count("/meta/disconnect"));
        assertTrue(bench().events.all(ClientEvent.Failure.class).isEmpty());
    }
}
