package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.Message;
import dev.bayeux.api.Observation;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.server.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics of the program receive what a client does, and cannot affect it. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class MetricsTest {

    /** Records what it receives. */
    private static final class Told implements ClientMetrics {

        final List<String> all = new CopyOnWriteArrayList<>();
        final List<Long> nanos = new CopyOnWriteArrayList<>();
        private final boolean failing;

        Told(boolean failing) {
            this.failing = failing;
        }

        private void add(String what, long time) {
            all.add(what);
            nanos.add(time);
            if (failing) {
                throw new IllegalStateException("code of the program");
            }
        }

        @Override
        public void exchanged(String client, Exchange exchange, String connectionType, long time, boolean answered) {
            add("%s %s %s %s".formatted(client, exchange, connectionType, answered), time);
        }

        @Override
        public void published(String client, String channel, long time, @Nullable Outcome failure) {
            add("%s %s %s".formatted(client, channel, failure), time);
        }

        @Override
        public void delivered(String client, String channel, long time) {
            add("%s delivered %s".formatted(client, channel), time);
        }

        @Override
        public void handled(String client, String channel, long time, boolean failed) {
            add("%s handled %s %s".formatted(client, channel, failed ? "badly" : "well"), time);
        }

        @Override
        public void happened(String client, ClientEvent event) {
            add("%s %s".formatted(client, event.getClass().getSimpleName()), 0);
        }
    }

    private static Told told(boolean failing) throws InterruptedException {
        Told told = new Told(failing);
        try (MemoryWorld world = new MemoryWorld(
                settings -> settings.observation(Observation.DEFAULT.withMetrics(told)))) {
            BusyLife.live(world);
        }
        return told;
    }

    @Test
    void allMetricsAreReported() throws InterruptedException {
        Told told = told(false);

        assertTrue(told.all.containsAll(Set.of("views HANDSHAKE long-polling true", "views CONNECT long-polling true",
                "views CONNECT long-polling false", "views SEND long-polling true", "views /pulled null",
                "views /no REFUSED", "views delivered /handled", "views delivered /pulled",
                "views handled /handled well", "views handled /handled badly", "views StateChanged",
                "views MessagesDropped", "views AttemptFailed")), () -> told.all.toString());
        assertEquals(7, told.all.stream().filter(line -> line.startsWith("views /")).count());
        assertTrue(told.nanos.stream().allMatch(time -> time >= 0), () -> told.nanos.toString());
    }

    private static MemoryWorld world(Told told) {
        return new MemoryWorld(settings -> settings(settings, told));
    }

    private static ClientBuilder settings(ClientBuilder settings, Told told) {
        return settings.observation(Observation.DEFAULT.withMetrics(told))
                .outbox(OutboxLimits.DEFAULT.withMaxMessages(1));
    }

    private static List<String> published(Told told) {
        return told.all.stream().filter(line -> line.startsWith("views /")).toList();
    }

    @Test
    void droppedMessagesAreReported() {
        Told told = new Told(false);
        try (MemoryWorld world = world(told)) {
            assertThrows(PublishException.class, () -> world.client.publish("/a", 1));
            assertThrows(BatchException.class, () -> world.client.batch(batch -> {
                batch.publish("/b", 1);
                batch.publish("/c", 1);
            }));
            world.client.outbox().publish("/d", 1).cancel(false);
            world.client.outbox().publish("/e", 1);
            assertThrows(PublishException.class, () -> world.client.outbox().publish("/f", 1));
        }
        assertEquals(List.of("views /a NOT_SENT", "views /b NOT_SENT", "views /c NOT_SENT", "views /d UNKNOWN",
                "views /f NOT_SENT", "views /e NOT_SENT"), published(told));
    }

    @Test
    void aMessageOfAnOutboxIsReportedOnceHoweverOftenItIsSent() throws Exception {
        Told told = new Told(false);
        try (MemoryWorld world = world(told)) {
            world.connect().server.next("/a").answer(Answer.drop(), Answer.status(503));
            MemoryWorld.get(world.client.outbox().publish("/a", 1));
            assertEquals(3, world.server.messages("/a").size());
        }
        assertEquals(List.of("views /a null"), published(told));
    }

    @Test
    void eachMessageOfABatchHasASeparateTime() throws Exception {
        Told told = new Told(false);
        try (MemoryWorld world = world(told).connect()) {
            // Each fills a request, and the second leaves when the first is answered.
            world.client.batch(batch -> {
                batch.publish("/a", "x".repeat(20_000));
                batch.publish("/b", "x".repeat(20_000));
            });
        }
        long first = told.nanos.get(told.all.indexOf("views /a null"));
        long second = told.nanos.get(told.all.indexOf("views /b null"));
        assertTrue(first < second, () -> "%d, %d".formatted(first, second));
    }

    @Test
    void allOfABatchEndsWithAnInterrupt() throws Exception {
        Told told = new Told(false);
        // The test leaves the batch without an answer.
        Duration soon = Duration.ofMillis(200);
        try (MemoryWorld world = new MemoryWorld(settings -> settings(settings, told).closeTimeout(soon)).connect()) {
            Thread publishing = Thread.ofVirtual().name("test-publish").unstarted(() -> assertThrows(
                    InterruptedException.class, () -> world.client.batch(batch -> {
                        batch.publish("/a", 1);
                        batch.publish("/b", 1);
                    })));
            world.server.next("/a").change(reply -> {
                publishing.interrupt();
                return Answer.held(reply);
            });
            publishing.start();
            assertTrue(publishing.join(MemoryWorld.PATIENCE));
        }
        assertEquals(List.of("views /a UNKNOWN", "views /b UNKNOWN"), published(told));
    }

    /** Asks for everything, and fails at a number. */
    private record Failing(int number, CountDownLatch failed) implements Flow.Subscriber<Message<Integer>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Message<Integer> message) {
            if (message.data() == number) {
                failed.countDown();
                throw new IllegalStateException("of the subscriber");
            }
        }

        @Override
        public void onError(Throwable why) {
            // Not reported.
        }

        @Override
        public void onComplete() {
            // Nor of this.
        }
    }

    @Test
    void onNextIsTimedLikeAHandler() throws InterruptedException {
        Told told = new Told(false);
        CountDownLatch failed = new CountDownLatch(1);
        try (MemoryWorld world = new MemoryWorld(
                settings -> settings.observation(Observation.DEFAULT.withMetrics(told))).connect()) {
            world.client.subscription("/flow").as(Integer.class).publisher().subscribe(new Failing(2, failed));
            world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
            for (String data : List.of("1", "\"no number\"", "2")) {
                world.server.publish("/flow", data);
            }
            assertTrue(failed.await(20, TimeUnit.SECONDS));
        }
        assertEquals(
                List.of("views delivered /flow", "views handled /flow well", "views delivered /flow",
                        "views handled /flow badly", "views delivered /flow", "views handled /flow badly"),
                told.all.stream().filter(line -> line.endsWith("/flow") || line.contains("handled")).toList());
    }

    @Test
    void metricsThatThrowAreOfNoConsequence() throws InterruptedException {
        assertTrue(told(true).all.contains("views handled /handled well"));
    }
}
