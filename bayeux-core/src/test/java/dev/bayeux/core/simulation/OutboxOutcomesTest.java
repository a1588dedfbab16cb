package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the future of a message in the outbox says, and when. */
class OutboxOutcomesTest {

    private static final Json JSON = Json.find();

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

    /** The second message has time left for its answer, which the first must not wait for. */
    @Test
    void aMessageIsGivenUpAtItsDeadlineWhileTheRestOfItsBatchIsInFlight() {
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

    @Test
    void aRefusedMessageIsGivenUpAtItsDeadlineWhileTheRestOfItsBatchIsInFlight() {
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
