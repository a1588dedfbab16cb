package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.Timeouts;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ReplyTweak;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A subscriber that is too slow makes the client ask for less (protocol.md C-87, C-112 to C-114). */
abstract class ClientPauseRules extends ClientRules {

    private static final Duration LONG = Duration.ofDays(1);

    private ClientBuilder pausing(Duration limit) {
        return bench().builder()
                .timeouts(Timeouts.DEFAULT.withReply(bench().patience).withSend(bench().patience)
                        .withConnectCall(bench().patience).withClose(Duration.ofSeconds(2)).withPause(limit));
    }

    private PullSubscription<JsonValue> fill(BayeuxClient client, int limit) throws InterruptedException {
        PullSubscription<JsonValue> subscription = client.subscription("/foo").queue(limit, Overflow.PAUSE).start();
        client.batch(batch -> IntStream.rangeClosed(1, limit).forEach(n -> batch.publish("/foo", n)));
        assertEquals(subscription, bench().events.take(ClientEvent.ReceivingPaused.class).subscription());
        return subscription;
    }

    /** Makes the held connect end with nothing, so that the client wants to send the next one. */
    private int endHeldConnect() {
        int before = count(CONNECT);
        server().answerHeldConnects("{}");
        return before;
    }

    @Test
    @Tag("C-87")
    void aFullQueueHoldsTheHeartbeatBackUntilHalfOfItIsFree() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        PullSubscription<JsonValue> subscription = fill(client, 4);
        int connects = endHeldConnect();
        client.publish("/other", "what is published is sent all the same");
        assertNext(subscription, "1");
        client.publish("/other", "still more than half");
        assertEquals(connects, count(CONNECT));
        assertNext(subscription, "2");
        awaitHeldConnect();
        assertEquals(subscription, bench().events.take(ClientEvent.ReceivingResumed.class).subscription());
        assertEquals(1, subscription.pauses());
        assertEquals(0, subscription.dropped());
        assertTrue(client.state().isConnected());
    }

    @Test
    @Tag("C-87")
    void pauseIsTheDefaultAndKeepsWhatWasOnItsWay() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG)
                .limits(dev.bayeux.api.Limits.DEFAULT.withMaxWaitingMessages(2)));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.batch(batch -> IntStream.rangeClosed(1, 5).forEach(n -> batch.publish("/foo", n)));
        bench().events.take(ClientEvent.ReceivingPaused.class);
        assertNext(subscription, "1", "2", "3", "4", "5");
        assertEquals(0, subscription.dropped());
    }

    @Test
    @Tag("C-87")
    void handlerThatIsSlowPausesToo() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(3);
        Subscription subscription = client.subscription("/foo").queue(1, Overflow.PAUSE).start(message -> {
            release.await();
            all.countDown();
        });
        client.batch(batch -> IntStream.rangeClosed(1, 3).forEach(n -> batch.publish("/foo", n)));
        bench().events.take(ClientEvent.ReceivingPaused.class);
        endHeldConnect();
        release.countDown();
        assertTrue(all.await(bench().patience.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS));
        awaitHeldConnect();
        assertEquals(0, subscription.dropped());
    }

    @Test
    @Tag("C-87")
    void afterTheLimitTheOldestGiveWay() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(ClientBench.SHORT));
        PullSubscription<JsonValue> subscription = fill(client, 2);
        server().publish("/foo", "3");
        endHeldConnect();
        server().publish("/foo", "4");
        ClientEvent.MessagesDropped dropped = bench().events.take(ClientEvent.MessagesDropped.class);
        assertEquals(subscription, dropped.subscription());
        awaitDropped(subscription);
        assertTrue(client.state().isConnected());
    }

    private void awaitDropped(PullSubscription<?> subscription) throws InterruptedException {
        String last = "";
        while (!last.equals("4")) {
            last = next(subscription);
        }
        assertTrue(subscription.dropped() >= 1);
    }

    @Test
    @Tag("C-113")
    @Tag("C-114")
    void withAcknowledgementAnAnswerThatFindsNoRoomHasNeverArrived() throws Exception {
        needsRequests("what finds no room is refused for a whole connect there, and has to be sent again");
        server().next(HANDSHAKE).amend("{\"ext\":{\"ack\":true}}");
        AtomicInteger replies = new AtomicInteger();
        server().tweak(ReplyTweak.eachReply(reply -> reply.getString("channel").equals(CONNECT)
                ? Json.createObjectBuilder(reply)
                        .add("ext", Json.createObjectBuilder().add("ack", replies.incrementAndGet())).build()
                : reply));
        BayeuxClient client = bench().connectAndSettle(pausing(ClientBench.SHORT));
        PullSubscription<JsonValue> subscription = client.subscription("/foo").queue(1, Overflow.PAUSE).start();
        server().publish("/foo", "1");
        bench().events.take(ClientEvent.ReceivingPaused.class);
        // The reply to each connect has the connect's own number.
        int received = count(CONNECT);

        assertEquals(received, ackOf(take(CONNECT, received + 1)));
        server().publish("/foo", "2");
        assertEquals(received, ackOf(take(CONNECT, received + 2)), "the answer that brought 2 has not arrived");
        assertNext(subscription, "1");
        server().publish("/foo", "2");
        assertNext(subscription, "2");
        assertEquals(received + 2, ackOf(take(CONNECT, received + 3)));
        assertEquals(0, subscription.dropped());
    }

    private static int ackOf(ReceivedMessage connect) {
        JsonObject ext = connect.json().getJsonObject("ext");
        return ext.getInt("ack");
    }

    @Test
    @Tag("C-87")
    void advisedMaxIntervalShortensThePause() throws Exception {
        server().next(HANDSHAKE).amend("{\"advice\":{\"reconnect\":\"retry\",\"maxInterval\":400}}");
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        fill(client, 2);
        endHeldConnect();
        awaitHeldConnect();
        assertTrue(client.state().isConnected());
    }

    @Test
    void disconnectAndCloseDoNotWaitForTheSlow() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        PullSubscription<JsonValue> subscription = fill(client, 2);
        int connects = endHeldConnect();
        client.disconnect();
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        assertEquals(connects, count(CONNECT));
        assertNext(subscription, "1", "2");
    }

    @Test
    void closingTheSlowSubscriptionEndsThePause() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        PullSubscription<JsonValue> slow = fill(client, 2);
        endHeldConnect();
        PullSubscription<JsonValue> other = client.subscribe("/bar");
        slow.close();
        awaitHeldConnect();
        server().publish("/bar", "5");
        assertNext(other, "5");
    }

    @Test
    void newSessionIsMadeInSpiteOfAPause() throws Exception {
        BayeuxClient client = bench().connectAndSettle(pausing(LONG));
        PullSubscription<JsonValue> subscription = fill(client, 2);
        endHeldConnect();
        client.reconnect();
        assertTrue(client.state().isConnected());
        assertFalse(client.subscriptions().isEmpty());
        assertNext(subscription, "1", "2");
        awaitHeldConnect();
    }
}
