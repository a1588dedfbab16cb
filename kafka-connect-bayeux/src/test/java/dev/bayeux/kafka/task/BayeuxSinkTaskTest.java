package dev.bayeux.kafka.task;

import static dev.bayeux.kafka.task.MemoryServerWorld.PATIENCE;
import static dev.bayeux.kafka.task.MemoryServerWorld.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sink task publishes records to a server in memory. */
@Timeout(180)
class BayeuxSinkTaskTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final Object MISSING = new Object();

    private final MemoryServerWorld world = new MemoryServerWorld();
    private final Connect context = new Connect();
    private @Nullable BayeuxSinkTask task;

    /** Replaces Kafka Connect for a task. */
    private static final class Connect implements SinkTaskContext {

        final Set<TopicPartition> paused = new HashSet<>();
        final List<String> errors = new ArrayList<>();
        boolean reports = true;

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long limit) {
            // The test calls put itself.
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(ORDERS);
        }

        @Override
        public void pause(TopicPartition... partitions) {
            paused.addAll(List.of(partitions));
        }

        @Override
        public void resume(TopicPartition... partitions) {
            List.of(partitions).forEach(paused::remove);
        }

        @Override
        public void requestCommit() {
            // Not used.
        }

        @Override
        public @Nullable PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public @Nullable ErrantRecordReporter errantRecordReporter() {
            return reports ? this::report : null;
        }

        private Future<Void> report(SinkRecord record, Throwable error) {
            errors.add("%d: %s".formatted(record.kafkaOffset(), error.getMessage()));
            return CompletableFuture.completedFuture(null);
        }
    }

    @AfterEach
    void stopAll() {
        if (task != null) {
            task.stop();
        }
        world.close();
    }

    private BayeuxSinkTask start(String... settings) throws Exception {
        BayeuxSinkTask made = new BayeuxSinkTask(world::reach);
        task = made;
        made.initialize(context);
        made.start(world.settings(settings));
        made.open(Set.of(ORDERS));
        world.server.awaitHeldConnects(1, PATIENCE);
        return made;
    }

    private static SinkRecord record(long offset, @Nullable Object value) {
        return record(offset, null, value, new ConnectHeaders());
    }

    private static SinkRecord record(long offset, @Nullable Schema schema, @Nullable Object value,
            ConnectHeaders headers) {
        return new SinkRecord("orders", 0, null, null, schema, value, offset, 0L, TimestampType.CREATE_TIME, headers);
    }

    private static long committed(BayeuxSinkTask task, long consumed) {
        return task.preCommit(Map.of(ORDERS, new OffsetAndMetadata(consumed))).get(ORDERS).offset();
    }

    private void awaitCommitted(BayeuxSinkTask task, long offset) throws Exception {
        await("offset %d".formatted(offset), () -> {
            task.put(List.of());
            return committed(task, offset) == offset;
        });
    }

    private List<String> data(String channel) {
        return world.server.messages(channel).stream().map(ReceivedMessage::json)
                .map(json -> String.valueOf(json.get("data"))).toList();
    }

    @Test
    void recordsArePublishedInOrderAndTheirOffsetsCommitted() throws Exception {
        BayeuxSinkTask sink = start();
        sink.put(IntStream.range(0, 50).mapToObj(n -> record(n, "{\"n\":%d}".formatted(n))).toList());
        awaitCommitted(sink, 50);
        assertEquals(IntStream.range(0, 50).mapToObj("{\"n\":%d}"::formatted).toList(), data("/orders"));
    }

    @Test
    void theCommittedOffsetIsThatOfTheFirstUnsettledMessage() throws Exception {
        BayeuxSinkTask sink = start("bayeux.max.in.flight", "1");
        sink.put(List.of(record(7, "0")));
        awaitCommitted(sink, 8);
        var held = Answer.held(Answer.drop());
        world.server.next("/orders").answer(held);
        sink.put(List.of(record(8, "1"), record(9, "2")));
        assertEquals(8, committed(sink, 10), "the server has not answered yet");
        held.release();
        awaitCommitted(sink, 10);
        assertEquals(List.of("0", "1", "1", "2"), data("/orders"), "a message with a lost reply is published again");
    }

    @Test
    void anUnknownOutcomeIsSkippedIfThatIsWanted() throws Exception {
        BayeuxSinkTask sink = start("bayeux.sink.on.unknown", "skip");
        world.server.next("/orders").answer(Answer.drop());
        sink.put(List.of(record(0, "0")));
        awaitCommitted(sink, 1);
        assertEquals(List.of("0"), data("/orders"));
        assertEquals(1L, sink.metrics().values().get("unknown"));
    }

    @Test
    void anUnknownOutcomeFailsTheTaskIfThatIsWanted() throws Exception {
        BayeuxSinkTask sink = start("bayeux.sink.on.unknown", "fail");
        world.server.next("/orders").answer(Answer.drop());
        assertTrue(failure(sink, record(0, "0")).getMessage().contains("/orders"));
    }

    /** Returns the failure after a record, which that call of {@code put} throws itself if the server answers fast. */
    private static ConnectException failure(BayeuxSinkTask sink, SinkRecord record) throws Exception {
        try {
            sink.put(List.of(record));
        } catch (ConnectException atOnce) {
            return atOnce;
        }
        return failure(sink);
    }

    private static ConnectException failure(BayeuxSinkTask sink) throws Exception {
        List<ConnectException> failures = new ArrayList<>();
        await("a failure", () -> {
            try {
                sink.put(List.of());
            } catch (ConnectException failed) {
                failures.add(failed);
            }
            return !failures.isEmpty();
        });
        return failures.getFirst();
    }

    @Test
    void aRefusedRecordIsReportedAndCommitted() throws Exception {
        BayeuxSinkTask sink = start();
        world.server.deny("/orders");
        sink.put(List.of(record(0, "0")));
        awaitCommitted(sink, 1);
        assertEquals(1, context.errors.size());
        assertTrue(context.errors.getFirst().startsWith("0: "), context.errors.getFirst());
    }

    @Test
    void aRefusedRecordFailsTheTaskWithoutAReporter() throws Exception {
        context.reports = false;
        BayeuxSinkTask sink = start();
        world.server.deny("/orders");
        String text = failure(sink, record(3, "0")).getMessage();
        assertTrue(text.contains("offset 3 of orders-0"), text);
    }

    @Test
    void aRecordThatIsNotJsonIsReportedAndTheNextOneIsSent() throws Exception {
        BayeuxSinkTask sink = start();
        sink.put(List.of(record(0, "{no"), record(1, "2")));
        awaitCommitted(sink, 2);
        assertEquals(List.of("2"), data("/orders"));
        assertTrue(context.errors.getFirst().startsWith("0: The text for /orders is not JSON"),
                context.errors.getFirst());
    }

    @Test
    void aHeaderNamesTheChannel() throws Exception {
        BayeuxSinkTask sink = start("bayeux.channel.header", "to", "bayeux.channel", "/all/${topic}");
        sink.put(List.of(record(0, null, "0", (ConnectHeaders) new ConnectHeaders().addString("to", "/eu")),
                record(1, "1"), record(2, null, "2", (ConnectHeaders) new ConnectHeaders().addString("to", "no"))));
        awaitCommitted(sink, 3);
        assertEquals(List.of("0"), data("/eu"));
        assertEquals(List.of("1"), data("/all/orders"));
        assertTrue(context.errors.getFirst().contains("\"no\""), context.errors.getFirst());
    }

    @Test
    void structsMapsAndScalarsBecomeJson() throws Exception {
        Schema schema = SchemaBuilder.struct().field("n", Schema.INT32_SCHEMA)
                .field("d", Schema.OPTIONAL_FLOAT64_SCHEMA).field("b", Schema.BYTES_SCHEMA).build();
        BayeuxSinkTask sink = start("value.format", "map");
        sink.put(List.of(
                record(0, schema, new Struct(schema).put("n", 1).put("b", new byte[]{1, 2}), new ConnectHeaders()),
                record(1, Map.of("list", List.of(1, 2.5, true))), record(2, "text"), record(3, null),
                record(4, MISSING), record(5, Double.NaN)));
        awaitCommitted(sink, 6);
        assertEquals(List.of("{\"n\":1,\"d\":null,\"b\":\"AQI=\"}", "{\"list\":[1,2.5,true]}", "\"text\"", "null"),
                data("/orders"));
        assertEquals(2, context.errors.size());
    }

    @Test
    void aFullOutboxPausesThePartitionsUntilHalfOfItIsSettled() throws Exception {
        BayeuxSinkTask sink = start("bayeux.outbox.messages", "4");
        world.peer.goDown();
        sink.put(IntStream.range(0, 6).mapToObj(n -> record(n, String.valueOf(n))).toList());
        assertEquals(Set.of(ORDERS), context.paused);
        assertEquals(0, committed(sink, 6));
        world.peer.comeBack();
        awaitCommitted(sink, 6);
        await("the partitions are resumed", () -> {
            sink.put(List.of());
            return context.paused.isEmpty();
        });
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), data("/orders"));
    }

    @Test
    void partitionsThatAreTakenAwayAreForgotten() throws Exception {
        BayeuxSinkTask sink = start();
        world.peer.goDown();
        sink.put(List.of(record(0, "0"), record(1, "1")));
        sink.close(Set.of(ORDERS));
        assertEquals(0L, sink.metrics().values().get("queued"));
        world.peer.comeBack();
        sink.open(Set.of(ORDERS));
        sink.put(List.of(record(5, "5")));
        awaitCommitted(sink, 6);
        assertEquals("5", data("/orders").getLast());
    }

    @Test
    void wrongSettingsFailTheStart() {
        assertThrows(ConnectException.class, () -> start("bayeux.auth", "basic"));
    }
}
