package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Limits;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the future of a message in the outbox says, and when. */
class OutboxOutcomesTest {

    private static final Json JSON = Json.find();
    /** A request holds a few messages. */
    private static final Limits SMALL = Limits.DEFAULT.withMaxRequestBytes(1_024);

    private static Object numbered(long number) {
        return JSON.object(Map.of("p", JSON.number(number)));
    }

    @Test
    void aRefusalSaysThatAnEarlierAttemptMayHaveBeenProcessed() {
        Scene.play(Scene.PLAIN, settings -> settings.outbox(OutboxLimits.DEFAULT), scene -> {
            scene.client.connect();
            scene.sleep(1_000);
            scene.network.cutNextAfter(0);
            CompletableFuture<?> future = scene.client.outbox().publish("/chat", numbered(1));
            scene.sleep(500);
            scene.server.refuseNextPublish();
            scene.sleep(60_000);

            PublishException failure = assertInstanceOf(PublishException.class, future.exceptionNow());
            assertEquals(2, scene.server.timesSeen(1));
            assertEquals(1, scene.server.timesProcessed(1));
            assertEquals(Outcome.UNKNOWN, failure.outcome(), failure.getMessage());
            assertInstanceOf(RefusedException.class, failure.getCause());
        });
    }

    /** The text must not say that the server was silent for a time that has not passed. */
    @Test
    void closingTellsThatTheAnswerWasStillAwaited() {
        Scene.playOverSocket(Scene.PLAIN, settings -> settings.outbox(OutboxLimits.DEFAULT), scene -> {
            scene.client.connect();
            scene.server.answerNoPublish();
            CompletableFuture<?> inFlight = scene.client.outbox().publish("/chat", numbered(1));
            scene.sleep(1_000);
            CompletableFuture<?> waiting = scene.client.outbox().publish("/chat", numbered(2));
            scene.client.close();
            scene.sleep(1_000);

            PublishException failure = assertInstanceOf(PublishException.class, inFlight.exceptionNow());
            assertEquals(Outcome.UNKNOWN, failure.outcome());
            assertTrue(failure.getMessage().contains("sent once"), failure.getMessage());
            String cause = failure.getCause().getMessage();
            assertTrue(cause.contains("closed before the server answered"), cause);
            PublishException unsent = assertInstanceOf(PublishException.class, waiting.exceptionNow());
            assertEquals(Outcome.NOT_SENT, unsent.outcome());
            assertTrue(unsent.getMessage().contains("was not sent"), unsent.getMessage());
        });
    }

    /** The second message has time left for its answer, which the first must not wait for. */
    @Test
    void aMessageFailsAtItsDeadlineWhileTheRestOfItsBatchIsInFlight() {
        Duration deadline = Duration.ofSeconds(8);
        Scene.playOverSocket(Scene.PLAIN, settings -> settings.outbox(OutboxLimits.DEFAULT.withDeadline(deadline)),
                scene -> {
                    CompletableFuture<?> first = scene.client.outbox().publish("/chat", numbered(1));
                    scene.sleep(6_000);
                    CompletableFuture<?> second = scene.client.outbox().publish("/chat", numbered(2));
                    scene.server.answerNoPublish();
                    scene.client.connect();
                    scene.sleep(3_000);

                    assertTrue(first.isCompletedExceptionally(), "It is past its deadline.");
                    assertEquals(Outcome.UNKNOWN, ((PublishException) first.exceptionNow()).outcome());
                    assertTrue(!second.isDone(), "It has five seconds left.");
                });
    }

    /** The deadline of the first passes while another publish is in flight, in some histories just before its answer. */
    @Test
    void aBatchThatIsTakenBackLeavesInItsOrder() {
        for (long seed = 0; seed < 100; seed++) {
            Scene.play(seed, Scene.PLAIN,
                    settings -> settings.outbox(OutboxLimits.DEFAULT.withDeadline(Duration.ofMillis(3_300))), scene -> {
                        scene.client.outbox().publish("/chat", numbered(1));
                        scene.sleep(3_000);
                        for (int n = 2; n < 40; n++) {
                            scene.client.outbox().publish("/chat", numbered(n));
                        }
                        scene.onSent("/meta/connect", () -> publishFor(scene, 250));
                        scene.client.connect();
                        scene.sleep(5_000);

                        List<Long> sent = scene.sent("/chat").stream().map(ClientMessage::number).toList();
                        assertEquals(sent.stream().sorted().toList(), sent);
                    });
        }
    }

    /** The messages need several requests, and the response to the first of these is lost. */
    @Test
    void theRestOfABatchWaitsUntilAFailedRequestIsRetried() {
        Scene.play(Scene.PLAIN, settings -> settings.outbox(OutboxLimits.DEFAULT).limits(SMALL), scene -> {
            for (int n = 1; n <= 20; n++) {
                scene.client.outbox().publish("/chat", numbered(n));
            }
            scene.onSent("/chat", () -> scene.network.cutNextAfter(0));
            scene.client.connect();
            scene.sleep(60_000);

            List<Long> sent = scene.sent("/chat").stream().map(ClientMessage::number).toList();
            int first = sent.lastIndexOf(1L);
            assertTrue(first > 0 && first < 20, "some leave twice: " + sent);
            assertEquals(LongStream.rangeClosed(1, first).boxed().toList(), sent.subList(0, first));
            assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), sent.subList(first, sent.size()));
        });
    }

    /** Keeps batches in flight. */
    private static void publishFor(Scene scene, int ms) {
        for (int later = 0; later < ms; later += 25) {
            int waits = later;
            scene.aside("publisher", () -> {
                scene.sleep(waits);
                scene.client.publish("/news/a", numbered(1_000 + waits));
            });
        }
    }

    @Test
    void aRefusedMessageFailsAtItsDeadlineWhileTheRestOfItsBatchIsInFlight() {
        Duration deadline = Duration.ofSeconds(10);
        Scene.playOverSocket(Scene.PLAIN, settings -> settings.outbox(OutboxLimits.DEFAULT.withDeadline(deadline)),
                scene -> {
                    scene.client.outbox().publish("/chat", numbered(1));
                    scene.sleep(1_000);
                    CompletableFuture<?> refused = scene.client.outbox().publish("/chat", numbered(2));
                    scene.sleep(6_000);
                    CompletableFuture<?> last = scene.client.outbox().publish("/chat", numbered(3));
                    scene.server.refuseAsBusy(2);
                    scene.server.answerNoPublish();
                    scene.client.connect();
                    scene.sleep(5_000);

                    assertTrue(refused.isCompletedExceptionally(), "It is past its deadline.");
                    assertEquals(Outcome.REFUSED, ((PublishException) refused.exceptionNow()).outcome());
                    assertTrue(!last.isDone(), "It has five seconds left.");
                });
    }
}
