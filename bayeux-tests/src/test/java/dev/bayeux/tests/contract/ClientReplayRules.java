package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent.ReceivingPaused;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.ClientEvent.SessionRenewed;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.bayeux.ReplyTweak;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Positions that outlive sessions (protocol.md 6.4). */
abstract class ClientReplayRules extends ClientRules {

    private static final String INVALID = """
            {"successful":false,"error":"400::The replayId {7} you provided was invalid.  Please provide a valid ID"}""";

    private final PositionStore store = PositionStore.inMemory();

    @BeforeEach
    void offerReplay() {
        server().tweak(ReplyTweak.eachReply(reply -> reply.getString("channel", "").equals(HANDSHAKE)
                ? Json.createObjectBuilder(reply)
                        .add("ext", Json.createObjectBuilder().add("replay", true).add("payload.format", true)).build()
                : reply));
    }

    private ClientBuilder replaying() {
        return bench().builder().acknowledge(false).replay(store);
    }

    private static String event(long id) {
        return "{\"payload\":{\"n\":%d},\"event\":{\"replayId\":%d}}".formatted(id, id);
    }

    private static long id(Message<?> message) {
        return Long.parseLong(message.position().orElseThrow().replayId());
    }

    private long nextId(PullSubscription<?> subscription) throws InterruptedException {
        return id(subscription.poll(bench().patience).orElseThrow());
    }

    /** The {@code ext} of the subscribe with this number, counted from 1. */
    private String ext(int number) throws InterruptedException {
        return String.valueOf(take(SUBSCRIBE, number).json().get("ext"));
    }

    private void expire(BayeuxClient client) throws InterruptedException {
        server().expireSessions();
        bench().events.take(SessionRenewed.class);
        awaitReady(client);
    }

    @Test
    @Tag("C-119")
    @Tag("C-120")
    void everySubscribeHasAnEntryForItsChannel() throws Exception {
        store.save("/b", Position.after(4711));
        BayeuxClient client = bench().connectAndSettle(replaying());
        assertEquals("{\"replay\":true}", String.valueOf(take(HANDSHAKE).json().get("ext")));
        client.subscription("/a", "/b").start();
        client.subscription("/c").from(Position.EARLIEST).start();
        assertEquals("{\"replay\":{\"/a\":-1}}", ext(1));
        assertEquals("{\"replay\":{\"/b\":4711}}", ext(2));
        assertEquals("{\"replay\":{\"/c\":-2}}", ext(3));
    }

    @Test
    @Tag("C-119")
    void aPositionIsSavedWhenItsMessageIsHandled() throws Exception {
        BayeuxClient client = bench().connectAndSettle(replaying());
        LinkedBlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Optional<Position>> storedThen = new LinkedBlockingQueue<>();
        Subscription subscription = client.subscribe("/a", message -> {
            storedThen.add(store.load("/a"));
            handled.add(id(message));
        });
        server().publish("/a", event(5));
        assertEquals(5, handled.poll(bench().patience.toSeconds(), TimeUnit.SECONDS));
        awaitHeldConnect();
        server().publish("/a", event(3));
        assertEquals(3, handled.poll(bench().patience.toSeconds(), TimeUnit.SECONDS));
        assertEquals(List.of(Optional.empty(), Optional.of(Position.after(5))), List.copyOf(storedThen));
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
        client.close();
        assertEquals(Optional.of(Position.after(3)), store.load("/a"));
    }

    @Test
    @Tag("C-119")
    @Tag("C-120")
    void theMapIsKeptAcrossHandshakes() throws Exception {
        BayeuxClient client = bench().connectAndSettle(replaying());
        PullSubscription<JsonValue> subscription = client.subscribe("/a");
        server().publish("/a", event(5));
        assertEquals(5, nextId(subscription));
        expire(client);
        assertEquals("{\"replay\":{\"/a\":5}}", ext(2));
        assertEquals(List.of(), bench().events.all(ReplayGap.class));
    }

    @Test
    @Tag("C-119")
    void anotherClientGoesOnWhereTheLastOneWas() throws Exception {
        BayeuxClient first = bench().connectAndSettle(replaying());
        PullSubscription<JsonValue> subscription = first.subscription("/a").manualCommit().start();
        first.batch(batch -> {
            for (long id = 1; id <= 3; id++) {
                batch.publish("/a", Json.createReader(new java.io.StringReader(event(id))).readValue());
            }
        });
        Message<JsonValue> one = subscription.poll(bench().patience).orElseThrow();
        assertEquals(2, nextId(subscription));
        subscription.commit(one);
        first.close();
        bench().connect(replaying()).subscribe("/a");
        assertEquals("{\"replay\":{\"/a\":1}}", ext(2), "what was taken and not committed comes again");
    }

    @Test
    void aServerThatOffersNoReplayIsTold() throws Exception {
        server().tweak(ReplyTweak.none());
        BayeuxClient client = bench().connectAndSettle(replaying());
        client.subscribe("/a");
        assertEquals("null", ext(1));
        ReplayGap gap = bench().events.take(ReplayGap.class);
        assertEquals(Reason.NOT_OFFERED, gap.reason());
        assertEquals("/a", gap.channel());
    }

    @Test
    @Tag("C-121")
    void aRefusedPositionFailsUnlessThereIsAPolicy() throws Exception {
        store.save("/a", Position.after(7));
        BayeuxClient client = bench().connectAndSettle(replaying());
        server().next(SUBSCRIBE).amend(INVALID);
        SubscribeException failure = bench().call(() -> client.subscribe("/a")).failure(SubscribeException.class);
        assertEquals(400, failure.error().orElseThrow().code().orElseThrow());
        assertEquals(Optional.empty(), bench().events.take(ReplayGap.class).begun());
        assertEquals(Optional.of(Position.after(7)), store.load("/a"));
    }

    @Test
    @Tag("C-121")
    void aRefusedPositionIsReplacedByThePolicy() throws Exception {
        store.save("/a", Position.after(7));
        BayeuxClient client = bench().connectAndSettle(replaying().onInvalidPosition(OnInvalidPosition.EARLIEST));
        server().next(SUBSCRIBE).amend(INVALID);
        PullSubscription<JsonValue> subscription = client.subscribe("/a");
        assertEquals("{\"replay\":{\"/a\":-2}}", ext(2));
        ReplayGap gap = bench().events.take(ReplayGap.class);
        assertEquals(Position.after(7), gap.wanted());
        assertEquals(Optional.of(Position.EARLIEST), gap.begun());
        awaitHeldConnect();
        server().publish("/a", event(9));
        assertEquals(9, nextId(subscription));
    }

    @Test
    @Tag("C-72")
    @Tag("C-121")
    void aRefusedPositionOfARestoredSubscriptionIsReplaced() throws Exception {
        BayeuxClient client = bench().connectAndSettle(replaying()
                .onInvalidPosition((channel, refused, error) -> Optional.of(Position.after(105))));
        PullSubscription<JsonValue> subscription = client.subscribe("/a");
        client.subscribe("/other");
        server().publish("/a", event(5));
        assertEquals(5, nextId(subscription));
        server().next(SUBSCRIBE).amend(INVALID);
        server().expireSessions();
        assertEquals("{\"replay\":{\"/a\":105}}", ext(5));
        awaitReady(client);
        assertEquals(SubscriptionState.ACTIVE, subscription.state());
    }

    @Test
    void aFullQueueLetsTheSessionGoRatherThanAMessage() throws Exception {
        BayeuxClient client = bench().connectAndSettle(replaying().timeouts(Timeouts.DEFAULT
                .withReply(bench().patience).withSend(bench().patience).withConnectCall(bench().patience)
                .withClose(Duration.ofSeconds(2)).withPause(Duration.ofMillis(50))));
        PullSubscription<JsonValue> subscription = client.subscription("/a").queue(1, Overflow.PAUSE).start();
        server().publish("/a", event(1));
        bench().events.take(ReceivingPaused.class);
        server().publish("/a", event(2));
        int connects = count(CONNECT);
        assertFalse(client.awaitState(state -> !state.isConnected(), ClientBench.SHORT).isPresent());
        assertEquals(connects, count(CONNECT), "no room, and so no connect");
        server().expireSessions();
        assertEquals(1, nextId(subscription));
        bench().events.take(SessionRenewed.class);
        assertTrue(ext(2).contains("\"/a\":1"), "and message 2 is asked for again");
        assertEquals(0, subscription.dropped());
    }
}
