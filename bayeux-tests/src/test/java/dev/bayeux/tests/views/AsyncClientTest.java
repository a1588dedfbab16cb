package dev.bayeux.tests.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.AsyncClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The view with stages does what the blocking client does, in the same order, and waits on threads of its own. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class AsyncClientTest {

    /** For tests that leave a request without an answer: close() waits for it no longer than this. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(200);

    private MemoryWorld world = new MemoryWorld();
    private AsyncClient async = world.client.async();

    @AfterEach
    void close() {
        world.close();
    }

    private void closeSoon() {
        world.close();
        world = new MemoryWorld(settings -> settings.closeTimeout(CLOSE_LIMIT));
        async = world.client.async();
    }

    @Test
    void aWholeLifeWithoutABlockingCall() throws Exception {
        LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

        CompletableFuture<Integer> answer = async.connect()
                .thenCompose(connected -> async.subscribe("/a", String.class, message -> received.add(message.data())))
                .thenCompose(subscription -> async.publish("/a", "hello"))
                .thenCompose(published -> async.batch(batch -> batch.publish("/a", "again")))
                .thenCompose(accepted -> async.call("/service/echo", 42, Integer.class));

        assertEquals(42, MemoryWorld.get(answer));
        assertEquals("hello", received.poll(20, TimeUnit.SECONDS));
        assertEquals("again", received.poll(20, TimeUnit.SECONDS));
        assertTrue(MemoryWorld.get(async.drain(MemoryWorld.PATIENCE)));
        assertTrue(MemoryWorld.get(async.awaitReady(MemoryWorld.PATIENCE)));
        MemoryWorld.get(async.reconnect());
        MemoryWorld.get(async.disconnect());
        assertTrue(MemoryWorld.get(async.awaitState(ClientState::isDisconnected, MemoryWorld.PATIENCE)).isPresent());
        MemoryWorld.get(async.close());
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.connect()));
        assertSame(world.client, async.blocking());
    }

    @Test
    void messagesLeaveInTheOrderOfTheCallsOfBothViews() throws Exception {
        world.connect();

        List<? extends CompletableFuture<?>> published = IntStream.range(0, 300)
                .mapToObj(n -> async.publish("/a", n)).toList();
        world.client.publish("/a", 300);

        for (CompletableFuture<?> each : published) {
            MemoryWorld.get(each);
        }
        assertEquals(IntStream.rangeClosed(0, 300).boxed().toList(),
                world.server.messages("/a").stream().map(ReceivedMessage::json).map(m -> m.getInt("data")).toList());
    }

    @Test
    void aFailureIsTheOutcomeOfTheStage() throws Exception {
        world.connect();
        world.server.deny("/no");

        assertEquals(PublishException.Outcome.REFUSED, assertInstanceOf(PublishException.class,
                MemoryWorld.failure(async.publish("/no", 1))).outcome());
        assertInstanceOf(BatchException.class, MemoryWorld.failure(async.batch(batch -> batch.publish("/no", 1))));
        assertInstanceOf(SubscribeException.class, MemoryWorld.failure(async.subscribe("/no", message -> {})));
        assertInstanceOf(PayloadException.class, MemoryWorld.failure(async.publish("/a", new Unwritable())));
        assertInstanceOf(PayloadException.class,
                MemoryWorld.failure(async.call("/service/echo", "x", Integer.class)));
        assertThrows(IllegalArgumentException.class, () -> async.publish("/meta/connect", 1));
        assertThrows(IllegalArgumentException.class, () -> async.call("/a", 1));
        world.client.close();
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.publish("/a", 1)));
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.subscribe("/a", message -> {})));
    }

    /** Has no JSON. */
    private static final class Unwritable extends AbstractMap<String, String> {

        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void dependentStagesRunOnAVirtualThreadThatIsNamed() throws Exception {
        world.connect();
        CompletableFuture<Held> holding = new CompletableFuture<>();
        world.server.next("/a").change(reply -> {
            Held held = Answer.held(reply);
            holding.complete(held);
            return held;
        });

        CompletableFuture<Thread> thread = async.publish("/a", 1).thenApply(published -> Thread.currentThread());
        MemoryWorld.get(holding).release();

        assertEquals("bayeux-views-async", MemoryWorld.get(thread).getName());
        assertTrue(MemoryWorld.get(thread).isVirtual());
    }

    @Test
    void cancellingAbandonsTheCall() throws Exception {
        closeSoon();
        world.server.next("/meta/handshake").answer(Answer.held(Answer.status(500)));
        CompletableFuture<Void> connecting = async.connect();
        world.server.takeMessage("/meta/handshake", MemoryWorld.PATIENCE);

        connecting.cancel(false);

        assertTrue(world.client.awaitState(ClientState::isDisconnected, MemoryWorld.PATIENCE).isPresent());

        world.connect();
        world.server.next("/meta/subscribe").answer(Answer.held(Answer.status(500)));
        CompletableFuture<Subscription> subscribing = async.subscribe("/a", message -> {});
        world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
        Subscription asked = world.client.subscriptions().getFirst();

        subscribing.cancel(false);

        while (asked.state() != SubscriptionState.CLOSED) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingEndsTheWaitForWhatWillNeverBe() throws Exception {
        closeSoon();
        Duration month = Duration.ofDays(30);
        world.server.next("/meta/subscribe").answer(Answer.held(Answer.status(500)));
        world.connect();
        async.subscribe("/a", message -> {});
        world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
        CompletableFuture<Boolean> ready = async.awaitReady(month);
        CompletableFuture<Optional<ClientState>> never = async.awaitState(state -> false, month);
        CompletableFuture<Optional<ClientState>> last = async.awaitState(ClientState::isDisconnected, month);

        world.client.close();

        assertFalse(MemoryWorld.get(ready));
        assertEquals(Optional.empty(), MemoryWorld.get(never));
        assertEquals(world.client.state(), MemoryWorld.get(last).orElseThrow());
        assertFalse(MemoryWorld.get(async.awaitReady(month)));
        assertEquals(Optional.empty(), MemoryWorld.get(async.awaitState(ClientState::isConnected, month)));
    }

    @Test
    void aConnectThatIsRefusedFailsTheStage() throws Exception {
        world.server.next("/meta/handshake").amend("""
                {"successful":false,"advice":{"reconnect":"none"}}""");

        assertInstanceOf(HandshakeException.class, MemoryWorld.failure(async.connect()));
    }

    // Calls take effect in their order

    @Test
    void callsAfterAConnectUseItsSession() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (MemoryWorld fresh = new MemoryWorld()) {
                AsyncClient view = fresh.client.async();
                CompletableFuture<Void> connected = view.connect();
                CompletableFuture<Subscription> subscribed = view.subscribe("/a", message -> {});
                CompletableFuture<?> published = view.publish("/a", 1);
                CompletableFuture<Integer> answered = view.call("/service/echo", 2, Integer.class);
                CompletableFuture<?> accepted = view.batch(batch -> batch.publish("/a", 3));

                MemoryWorld.get(connected);
                MemoryWorld.get(subscribed);
                MemoryWorld.get(published);
                assertEquals(2, MemoryWorld.get(answered));
                MemoryWorld.get(accepted);
            }
        }
    }

    @Test
    void callsTakeEffectInTheirOrderThoughASessionMustEndFirst() throws Exception {
        world.connect();
        CompletableFuture<Held> holding = new CompletableFuture<>();
        world.server.next("/meta/disconnect").change(reply -> {
            Held held = Answer.held(reply);
            holding.complete(held);
            return held;
        });

        CompletableFuture<?> before = async.publish("/a", 1);
        CompletableFuture<Void> disconnected = async.disconnect();
        CompletableFuture<?> lost = async.publish("/a", 2);
        CompletableFuture<Void> connected = async.connect();
        CompletableFuture<Subscription> subscribed = async.subscribe("/b", message -> {});
        List<? extends CompletableFuture<?>> published = IntStream.range(3, 20).mapToObj(n -> async.publish("/a", n))
                .toList();
        CompletableFuture<Boolean> drained = async.drain(MemoryWorld.PATIENCE);
        assertFalse(connected.isDone());
        MemoryWorld.get(holding).release();

        MemoryWorld.get(disconnected);
        MemoryWorld.get(connected);
        MemoryWorld.get(subscribed);
        for (CompletableFuture<?> each : published) {
            MemoryWorld.get(each);
        }
        assertTrue(MemoryWorld.get(drained));
        assertEquals(PublishException.Outcome.NOT_SENT,
                assertInstanceOf(PublishException.class, MemoryWorld.failure(lost)).outcome());
        MemoryWorld.get(before);
        List<Integer> sent = world.server.messages("/a").stream().map(each -> each.json().getInt("data")).toList();
        assertEquals(IntStream.range(3, 20).boxed().toList(), sent.stream().filter(n -> n > 1).toList());
    }

    @Test
    void callsAfterAReconnectUseTheNewSession() throws Exception {
        world.connect();
        String old = world.client.clientId().orElseThrow();

        CompletableFuture<Void> reconnected = async.reconnect();
        CompletableFuture<?> published = async.publish("/a", 1);

        MemoryWorld.get(reconnected);
        MemoryWorld.get(published);
        assertFalse(old.equals(world.server.messages("/a").getFirst().clientId()));
    }

    @Test
    void nothingThatFollowsACloseHasAnEffect() throws Exception {
        world.connect();

        CompletableFuture<Void> closed = async.close();

        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.publish("/a", 1)));
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.subscribe("/a", message -> {})));
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.connect()));
        assertInstanceOf(ClientClosedException.class, MemoryWorld.failure(async.reconnect()));
        MemoryWorld.get(closed);
        assertEquals(List.of(), world.server.messages("/a"));
    }

    @Test
    void anAbandonedConnectAllowsTheNextOne() throws Exception {
        closeSoon();
        world.server.next("/meta/handshake").answer(Answer.held(Answer.status(500)));
        CompletableFuture<Void> first = async.connect();
        world.server.takeMessage("/meta/handshake", MemoryWorld.PATIENCE);
        CompletableFuture<Void> disconnected = async.disconnect();
        CompletableFuture<Void> second = async.connect();

        second.cancel(false);
        CompletableFuture<Void> third = async.connect();

        MemoryWorld.get(third);
        MemoryWorld.failure(first);
        MemoryWorld.get(disconnected);
    }

    @Test
    void anAttemptContinuesWhileAnyConnectCallWaitsForIt() throws Exception {
        closeSoon();
        Held handshake = Answer.held(Answer.status(500));
        world.server.next("/meta/handshake").answer(handshake);
        CompletableFuture<Void> first = async.connect();
        world.server.takeMessage("/meta/handshake", MemoryWorld.PATIENCE);
        CompletableFuture<Void> second = async.connect();

        first.cancel(false);
        handshake.release();

        MemoryWorld.get(second);
    }

    // The program ends a stage

    private void endsTheCall(Function<CompletableFuture<PublishReply>, CompletableFuture<?>> end) throws Exception {
        Duration never = Duration.ofDays(1);
        try (MemoryWorld patient = new MemoryWorld(settings -> settings.replyTimeout(never).sendTimeout(never))) {
            patient.connect();
            CompletableFuture<Held> holding = new CompletableFuture<>();
            patient.server.next("/a").change(reply -> {
                Held held = Answer.held(reply);
                holding.complete(held);
                return held;
            });
            CompletableFuture<PublishReply> published = patient.client.async().publish("/a", 1);
            Held held = MemoryWorld.get(holding);

            end.apply(published);

            // The server still holds its answer: only the end of the wait can settle this.
            assertTrue(patient.client.drain(MemoryWorld.PATIENCE));
            held.release();
        }
    }

    @Test
    void aTimeLimitOfAStageEndsItsCall() throws Exception {
        endsTheCall(stage -> stage.orTimeout(20, TimeUnit.MILLISECONDS));
    }

    @Test
    void aDefaultAfterATimeLimitEndsItsCall() throws Exception {
        endsTheCall(stage -> stage.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS));
    }

    @Test
    void cancellingADependentStageEndsTheCall() throws Exception {
        endsTheCall(stage -> {
            CompletableFuture<Void> dependent = stage.thenRun(() -> {}).thenRun(() -> {});
            dependent.cancel(false);
            return dependent;
        });
    }

    @Test
    void aTimeLimitOfADependentStageEndsTheCall() throws Exception {
        endsTheCall(stage -> stage.thenRun(() -> {}).orTimeout(20, TimeUnit.MILLISECONDS));
    }

    @Test
    void aCallContinuesForTheOtherDependentStage() throws Exception {
        world.connect();
        CompletableFuture<Held> holding = new CompletableFuture<>();
        world.server.next("/a").change(reply -> {
            Held held = Answer.held(reply);
            holding.complete(held);
            return held;
        });
        CompletableFuture<?> published = async.publish("/a", 1).orTimeout(1, TimeUnit.HOURS);
        CompletableFuture<String> one = published.thenApply(accepted -> "one");
        CompletableFuture<String> other = published.thenApply(accepted -> "other");

        one.cancel(false);
        MemoryWorld.get(holding).release();

        assertEquals("other", MemoryWorld.get(other));
    }
}
