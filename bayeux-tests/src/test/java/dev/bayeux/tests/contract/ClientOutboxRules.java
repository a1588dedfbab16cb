package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.Held;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishing through outages, and waiting until everything is settled. */
abstract class ClientOutboxRules extends ClientRules {

    private static final OutboxLimits LIMITS = OutboxLimits.DEFAULT;

    private ClientBuilder with(OutboxLimits limits) {
        return bench().builder().outbox(limits);
    }

    private PublishException failure(CompletableFuture<?> publish) {
        ExecutionException failed = assertThrows(ExecutionException.class,
                () -> publish.get(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        return assertInstanceOf(PublishException.class, failed.getCause());
    }

    private List<String> published() {
        return server().messages("/foo").stream().map(ReceivedMessage::json)
                .map(message -> message.get("data").toString()).toList();
    }

    @Test
    @Tag("C-50")
    void whatIsPutInWithoutASessionLeavesWithTheNextOneInOrder() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        List<? extends CompletableFuture<?>> publishes = IntStream.range(0, 250)
                .mapToObj(n -> client.outbox().publish("/foo", n)).toList();
        assertEquals(250, client.outbox().size());
        assertFalse(client.drain(Duration.ZERO));
        client.connect();
        assertTrue(client.drain(bench().patience));
        for (CompletableFuture<?> each : publishes) {
            bench().await(each);
        }
        assertEquals(IntStream.range(0, 250).mapToObj(Integer::toString).toList(), published());
        assertEquals(0, client.outbox().size());
    }

    @Test
    @Tag("C-56")
    void whatTheServerHasNotAnsweredIsSentAgain() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        server().next("/foo").answer(Answer.drop(), Answer.status(503));
        bench().await(client.outbox().publish("/foo", 1));
        assertEquals(List.of("1", "1", "1"), published());
    }

    @Test
    void aServerThatIsDownIsWaitedFor() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        bench().peer.goDown();
        await(client, ConnectionStatus.RECONNECTING);
        Outbox outbox = client.outbox();
        List<? extends CompletableFuture<?>> publishes = List.of(outbox.publish("/foo", 1), outbox.publish("/foo", 2));
        bench().peer.comeBack();
        for (CompletableFuture<?> each : publishes) {
            bench().await(each);
        }
        assertEquals(List.of("1", "2"), published());
    }

    @Test
    void aNewSessionIsNoReasonToGiveUp() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        server().restart();
        bench().await(client.outbox().publish("/foo", 1));
        assertEquals("1", published().getLast());
    }

    @Test
    void whatIsRefusedForGoodFailsAndTheOthersGoOn() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        server().deny("/denied");
        CompletableFuture<?> refused = client.outbox().publish("/denied", 1);
        CompletableFuture<?> accepted = client.outbox().publish("/foo", 2);
        client.connect();
        bench().await(accepted);
        assertEquals(Outcome.REFUSED, failure(refused).outcome());
        assertEquals(1, count("/denied"));
    }

    @Test
    @Tag("C-58")
    void attemptsHaveALimit() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withMaxAttempts(2)));
        server().next("/foo").answer(Answer.drop(), Answer.status(429));
        PublishException failure = failure(client.outbox().publish("/foo", 1));
        assertEquals(Outcome.UNKNOWN, failure.outcome(), "the first attempt may have been processed");
        assertEquals(2, count("/foo"));
        bench().await(client.outbox().publish("/foo", 2));
    }

    @Test
    @Tag("C-56")
    void oneAttemptNeverMakesADuplicate() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withMaxAttempts(1)));
        server().next("/foo").answer(Answer.drop());
        assertEquals(Outcome.UNKNOWN, failure(client.outbox().publish("/foo", 1)).outcome());
        bench().await(client.outbox().publish("/foo", 2));
        assertEquals(List.of("1", "2"), published());
    }

    @Test
    void aWaitForItsTurnIsNoAttempt() throws Exception {
        needsRequests("a message of it need not wait for others");
        BayeuxClient client = bench()
                .connectAndSettle(with(LIMITS.withMaxAttempts(1)).sendTimeout(ClientBench.SHORT));
        Held held = holdUp(client);
        CompletableFuture<?> waiting = client.outbox().publish("/foo", 1);
        // A message that is added later fails later.
        bench().run(() -> client.publish("/late", 2)).failure(PublishException.class);
        bench().run(() -> client.publish("/late", 3)).failure(PublishException.class);
        assertEquals(1, client.outbox().size());
        held.release();
        bench().await(waiting);
        assertEquals(List.of("1"), published());
    }

    @Test
    void theDeadlineHoldsForWhatWaitsForItsTurn() throws Exception {
        needsRequests("a message of it need not wait for others");
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withDeadline(ClientBench.SHORT)));
        Held held = holdUp(client);
        PublishException failure = failure(client.outbox().publish("/foo", 1));
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertTrue(failure.getMessage().contains("was not sent"), failure::getMessage);
        held.release();
    }

    @Test
    @Tag("C-58")
    void theDeadlineHoldsForWhatIsOnItsWay() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withDeadline(ClientBench.SHORT)));
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        PublishException failure = failure(client.outbox().publish("/foo", 1));
        assertEquals(Outcome.UNKNOWN, failure.outcome());
        assertTrue(failure.getMessage().contains("was sent once"), failure::getMessage);
        bench().await(holding).release();
    }

    /** Something is under way that the server does not answer. */
    private Held holdUp(BayeuxClient client) throws Exception {
        CompletableFuture<Held> holding = bench().holdReply("/held");
        bench().run(() -> client.publish("/held", 0));
        return bench().await(holding);
    }

    @Test
    void theDeadlineEndsTheWait() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS.withDeadline(Duration.ofMillis(20))));
        PublishException failure = failure(client.outbox().publish("/foo", 1));
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        assertEquals("/foo", failure.channel());
        assertEquals(0, client.outbox().size());
    }

    @Test
    void aFullOutboxTakesNoMore() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS.withMaxMessages(2)));
        client.outbox().publish("/foo", 1);
        CompletableFuture<?> second = client.outbox().publish("/foo", 2);
        PublishException full = assertThrows(PublishException.class, () -> client.outbox().publish("/foo", 3));
        assertEquals(Outcome.NOT_SENT, full.outcome());
        assertTrue(full.getMessage().contains("maxMessages"), full::getMessage);
        client.connect();
        bench().await(second);
        bench().await(client.outbox().publish("/foo", 3));
    }

    @Test
    void whatIsCancelledIsNotSent() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        client.outbox().publish("/foo", 1).cancel(false);
        assertTrue(client.drain(Duration.ZERO));
        CompletableFuture<?> second = client.outbox().publish("/foo", 2);
        client.connect();
        bench().await(second);
        assertEquals(List.of("2"), published());
    }

    @Test
    void whatIsTakenBackLeavesRoomForOthers() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS.withMaxMessages(2)));
        CompletableFuture<?> first = client.outbox().publish("/foo", 0);
        for (int n = 1; n <= 1000; n++) {
            CompletableFuture<?> next = client.outbox().publish("/foo", n);
            assertEquals(2, client.outbox().size());
            next.cancel(false);
            next.cancel(false);
        }
        assertEquals(1, client.outbox().size());
        client.connect();
        bench().await(first);
        assertTrue(client.drain(bench().patience));
        assertEquals(List.of("0"), published());
    }

    @Test
    void whoWaitsForAnEmptyOutboxSeesThatTheLastMessageIsTakenBack() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        CompletableFuture<?> publish = client.outbox().publish("/foo", 1);
        ClientCall<Boolean> draining = bench().call(() -> client.drain(Duration.ofDays(1)));
        publish.cancel(false);
        assertTrue(draining.result());
    }

    @Test
    void whatTheProgramHangsOnAResultDoesNotHoldUpTheOutbox() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        CompletableFuture<String> running = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        // What hangs on a result that is there already would run here.
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        CompletableFuture<Void> blocked = client.outbox().publish("/foo", 1).thenRun(() -> {
            running.complete(Thread.currentThread().getName());
            goOn.join();
        });
        bench().await(holding).release();
        client.outbox().publish("/foo", 2);
        assertTrue(client.drain(bench().patience));
        assertEquals(List.of("1", "2"), published());
        goOn.complete(null);
        bench().await(blocked);
        assertFalse(bench().await(running).endsWith("-outbox"));
    }

    @Test
    void closingGivesUpWhatIsLeftAndSaysHowSureThatIs() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        CompletableFuture<?> onItsWay = client.outbox().publish("/foo", 1);
        bench().await(holding);
        CompletableFuture<?> waiting = client.outbox().publish("/bar", 2);
        client.close();
        assertEquals(Outcome.UNKNOWN, failure(onItsWay).outcome());
        assertEquals(Outcome.NOT_SENT, failure(waiting).outcome());
        assertThrows(ClientClosedException.class, () -> client.outbox().publish("/foo", 3));
        bench().await(holding).release();
    }

    @Test
    void drainWaitsForThePublishesOfOtherThreads() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        Held held = bench().await(holding);
        assertFalse(client.drain(Duration.ZERO));
        ClientCall<Boolean> draining = bench().call(() -> client.drain(bench().patience));
        held.release();
        assertTrue(draining.result());
        publishing.result();
    }

    @Test
    void aClientWithoutAnOutboxSaysSo() throws Exception {
        BayeuxClient client = bench().build(bench().builder());
        assertThrows(IllegalStateException.class, client::outbox);
        assertTrue(client.drain(Duration.ZERO));
    }

    /** Lets the server refuse what is longer, as servers and proxies do on each kind of connection. */
    private AtomicInteger acceptAtMost(int bytes) {
        AtomicInteger refused = new AtomicInteger();
        server().gate(request -> {
            if (request.json().toString().length() <= bytes) {
                return null;
            }
            refused.incrementAndGet();
            return request.isSocketMessage() ? Answer.frames(Frame.close(1009, "")) : Answer.status(413);
        });
        return refused;
    }

    @Test
    @Tag("C-58")
    void anAnswerOfALoadBalancerDoesNotRefuseTheMessage() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        server().next("/foo").answer(Answer.status(404), Answer.status(302), Answer.status(403), Answer.status(400));
        bench().await(client.outbox().publish("/foo", 1));
        assertEquals(5, count("/foo"));
    }

    @Test
    @Tag("C-53")
    void aBatchThatIsTooLongForTheServerIsSentInParts() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        acceptAtMost(1000);
        List<? extends CompletableFuture<?>> publishes = IntStream.range(0, 50)
                .mapToObj(n -> client.outbox().publish("/foo", n)).toList();
        client.connect();
        for (CompletableFuture<?> each : publishes) {
            bench().await(each);
        }
        assertEquals(IntStream.range(0, 50).mapToObj(Integer::toString).toList(), published());
    }

    @Test
    @Tag("C-53")
    void aMessageThatIsTooLongForTheServerIsGivenUpAndTheOthersAreSent() throws Exception {
        BayeuxClient client = bench().build(with(LIMITS));
        acceptAtMost(1000);
        CompletableFuture<?> first = client.outbox().publish("/foo", 1);
        CompletableFuture<?> tooLong = client.outbox().publish("/foo", "x".repeat(2000));
        CompletableFuture<?> last = client.outbox().publish("/foo", 3);
        client.connect();
        PublishException failure = failure(tooLong);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertTrue(failure.getMessage().contains("longer than the server accepts"), failure::getMessage);
        assertEquals(FailureKind.PERMANENT, failure.kind());
        bench().await(first);
        bench().await(last);
        assertEquals(List.of("1", "3"), published());
    }

    @Test
    @Tag("C-53")
    void aMessageThatIsTooLongAloneIsSentOnce() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        AtomicInteger refused = acceptAtMost(1000);
        assertEquals(Outcome.REFUSED, failure(client.outbox().publish("/foo", "x".repeat(2000))).outcome());
        bench().await(client.outbox().publish("/foo", 2));
        assertEquals(1, refused.get());
        assertEquals(List.of("2"), published());
    }

    @Test
    void aQueueWithLessRoomThanABatchIsFilledInParts() throws Exception {
        BayeuxClient client = bench()
                .build(with(LIMITS).limits(Limits.DEFAULT.withMaxQueuedMessages(7)));
        List<? extends CompletableFuture<?>> publishes = IntStream.range(0, 60)
                .mapToObj(n -> client.outbox().publish("/foo", n)).toList();
        client.connect();
        for (CompletableFuture<?> each : publishes) {
            bench().await(each);
        }
        assertEquals(IntStream.range(0, 60).mapToObj(Integer::toString).toList(), published());
    }

    @Test
    @Tag("C-104")
    void theServersRetryAfterIsHeeded() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        server().next("/foo").answer(Answer.status(503).header("Retry-After", "1"));
        long beganNs = System.nanoTime();
        bench().await(client.outbox().publish("/foo", 1));
        assertTrue(System.nanoTime() - beganNs >= Duration.ofSeconds(1).toNanos());
        assertEquals(2, count("/foo"));
    }

    @Test
    @Tag("C-104")
    void theServersRetryAfterIsHeededAlsoIfItsMessageIsNotRetried() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withMaxAttempts(1)));
        server().next("/foo").answer(Answer.status(503).header("Retry-After", "1"));
        failure(client.outbox().publish("/foo", 1));
        long failedNs = System.nanoTime();
        bench().await(client.outbox().publish("/foo", 2));
        // The pause begins a moment before the program is told.
        assertTrue(System.nanoTime() - failedNs >= Duration.ofMillis(900).toNanos());
        assertEquals(2, count("/foo"));
    }

    @Test
    @Tag("C-104")
    void theDeadlineEndsThePauseThatTheServerWants() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(with(LIMITS.withDeadline(ClientBench.SHORT)));
        server().next("/foo").answer(Answer.status(503).header("Retry-After", "3600"));
        assertEquals(Outcome.UNKNOWN, failure(client.outbox().publish("/foo", 1)).outcome());
        assertEquals(1, count("/foo"));
        // Each server is asked once within the deadline, whatever it wants.
        bench().await(client.outbox().publish("/foo", 2));
    }

    @Test
    @Tag("C-102")
    void attemptsThatFailComeLessAndLessOften() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(
                with(LIMITS).backoff(Backoff.of(Duration.ofMillis(50), Duration.ofMinutes(1)).withJitter(0)));
        server().next("/foo").answer(Answer.status(503), Answer.status(503), Answer.status(503), Answer.status(503),
                Answer.status(503));
        long beganNs = System.nanoTime();
        bench().await(client.outbox().publish("/foo", 1));
        // 50 + 70 + 100 + 141 + 200 ms.
        assertTrue(System.nanoTime() - beganNs >= Duration.ofMillis(560).toNanos());
        assertEquals(6, count("/foo"));
    }

    @Test
    void closingOnAnInterruptedThreadCompletesEveryFuture() throws Exception {
        BayeuxClient client = bench().connectAndSettle(with(LIMITS));
        CompletableFuture<Held> holding = bench().holdReply("/foo");
        CompletableFuture<?> onItsWay = client.outbox().publish("/foo", 1);
        bench().await(holding);
        CompletableFuture<?> waiting = client.outbox().publish("/bar", 2);
        bench().run(() -> {
            Thread.currentThread().interrupt();
            client.close();
            assertTrue(Thread.interrupted());
        }).result();
        assertEquals(Outcome.UNKNOWN, failure(onItsWay).outcome());
        assertEquals(Outcome.NOT_SENT, failure(waiting).outcome());
        assertEquals(0, client.outbox().size());
        bench().await(holding).release();
    }
}
