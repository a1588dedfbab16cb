package dev.bayeux.kafka.task;

import static dev.bayeux.kafka.task.MemoryServerWorld.PATIENCE;
import static dev.bayeux.kafka.task.MemoryServerWorld.await;
import static dev.bayeux.kafka.task.MemoryServerWorld.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.kafka.SourceOffsets;
import dev.bayeux.tests.server.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source task receives messages from a server in memory. */
@Timeout(180)
class BayeuxSourceTaskTest {

    private final MemoryServerWorld world = new MemoryServerWorld();
    private final StoredOffsets offsets = new StoredOffsets();
    private final List<BayeuxSourceTask> tasks = new ArrayList<>();

    @AfterEach
    void stopAll() {
        tasks.forEach(BayeuxSourceTask::stop);
        world.close();
    }

    private BayeuxSourceTask start(String... settings) {
        BayeuxSourceTask task = new BayeuxSourceTask(world::reach);
        tasks.add(task);
        task.initialize(offsets);
        Map<String, String> all = world.settings(settings);
        all.putIfAbsent("bayeux.channels", "/a");
        all.putIfAbsent("topic", "${channel}");
        task.start(all);
        return task;
    }

    private BayeuxSourceTask receiving(String... settings) throws Exception {
        int before = world.server.messages("/meta/subscribe").size();
        BayeuxSourceTask task = start(settings);
        await("a subscription", () -> world.server.messages("/meta/subscribe").size() > before);
        world.server.awaitHeldConnects(1, PATIENCE);
        return task;
    }

    private static List<SourceRecord> take(BayeuxSourceTask task, int count) throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        await("%d records".formatted(count), () -> {
            records.addAll(Objects.requireNonNullElse(task.poll(), List.of()));
            return records.size() >= count;
        });
        return records;
    }

    private static ConnectException failure(BayeuxSourceTask task) throws Exception {
        List<ConnectException> failures = new ArrayList<>();
        await("a failure", () -> {
            try {
                task.poll();
            } catch (ConnectException failed) {
                failures.add(failed);
            }
            return !failures.isEmpty();
        });
        return failures.getFirst();
    }

    private static String header(SourceRecord record, String name) {
        return String.valueOf(record.headers().lastWithName(name).value());
    }

    /** The {@code ext.replay} of the subscribe request with this number, counted from 1. */
    private String asked(int number) throws Exception {
        await("subscribe request %d".formatted(number),
                () -> world.server.messages("/meta/subscribe").size() >= number);
        return String.valueOf(world.server.messages("/meta/subscribe").get(number - 1).json().get("ext"));
    }

    @Test
    void aMessageBecomesARecordWithKeyValueHeadersAndOffset() throws Exception {
        world.offerReplay();
        BayeuxSourceTask task = receiving("bayeux.channels", "/a/b", "bayeux.server.id", "shop");
        world.server.push(
                "{\"channel\":\"/a/b\",\"id\":\"m7\",\"ext\":{\"x\":1},\"data\":{\"payload\":{\"CreatedDate\":\"2026-01-02T03:04:05.678Z\"},\"event\":{\"replayId\":5}}}");
        SourceRecord record = take(task, 1).getFirst();
        assertEquals("a.b", record.topic());
        assertEquals("/a/b", record.key());
        assertEquals("{\"payload\":{\"CreatedDate\":\"2026-01-02T03:04:05.678Z\"},\"event\":{\"replayId\":5}}",
                record.value());
        assertEquals(SourceOffsets.partition("shop", "/a/b"), record.sourcePartition());
        assertEquals(Map.of("replayId", 5L), record.sourceOffset());
        assertEquals(1767323045678L, record.timestamp());
        assertEquals("/a/b", header(record, "bayeux.channel"));
        assertEquals("m7", header(record, "bayeux.id"));
        assertEquals("5", header(record, "bayeux.replay.id"));
        assertEquals("{\"x\":1}", header(record, "bayeux.ext"));
    }

    @Test
    void theTimestampOfTheMessageCountsWhereTheDataNamesNoTime() throws Exception {
        BayeuxSourceTask task = receiving();
        world.server.push("{\"channel\":\"/a\",\"timestamp\":\"2026-01-02T03:04:05\",\"data\":{\"n\":1}}");
        assertEquals(1767323045000L, take(task, 1).getFirst().timestamp());
    }

    @Test
    void aTaskContinuesAfterTheOffsetOfTheLastTask() throws Exception {
        world.offerReplay();
        BayeuxSourceTask first = receiving();
        world.server.publish("/a", event(5));
        SourceRecord record = take(first, 1).getFirst();
        offsets.commit(record);
        first.stop();
        receiving();
        assertEquals("{\"replay\":{\"/a\":-1}}", asked(1));
        assertEquals("{\"replay\":{\"/a\":5}}", asked(2));
    }

    @Test
    void aNewSessionContinuesAfterArrivedMessagesThoughNoneWasPolled() throws Exception {
        world.offerReplay();
        BayeuxSourceTask task = receiving();
        world.server.publish("/a", event(5));
        world.server.awaitHeldConnects(1, PATIENCE);
        world.server.expireSessions();
        assertEquals("{\"replay\":{\"/a\":5}}", asked(2));
        assertEquals(1, take(task, 1).size());
    }

    @Test
    void earliestAsksForAllThatTheServerKeeps() throws Exception {
        world.offerReplay();
        receiving("bayeux.start", "earliest");
        assertEquals("{\"replay\":{\"/a\":-2}}", asked(1));
    }

    @Test
    void withoutReplayNoPositionIsAskedFor() throws Exception {
        world.offerReplay();
        BayeuxSourceTask task = receiving("bayeux.replay", "off");
        assertEquals("null", asked(1));
        world.server.publish("/a", "{\"n\":1}");
        assertNull(take(task, 1).getFirst().sourceOffset());
    }

    @Test
    void requiredReplayThatTheServerDoesNotOfferFailsTheTask() throws Exception {
        BayeuxSourceTask task = start("bayeux.replay", "required");
        assertTrue(failure(task).getMessage().contains("/a"), "the text names the channel");
    }

    @Test
    void aRefusedPositionIsCountedAndTheChannelBeginsAtTheEarliestMessage() throws Exception {
        world.offerReplay();
        offsets.put(SourceOffsets.partition(world.peer.uri().toString(), "/a"), SourceOffsets.number(7L));
        world.server.next("/meta/subscribe").amend(
                "{\"successful\":false,\"error\":\"400::The replayId {7} you provided was invalid.  Please provide a valid ID\"}");
        BayeuxSourceTask task = start();
        assertEquals("{\"replay\":{\"/a\":7}}", asked(1));
        assertEquals("{\"replay\":{\"/a\":-2}}", asked(2));
        world.server.awaitHeldConnects(1, PATIENCE);
        world.server.publish("/a", event(7));
        assertEquals(1, take(task, 1).size(), "the server may use the same numbers again");
        assertEquals(1L, task.metrics().values().get("gaps"));
    }

    @Test
    void aRefusedPositionFailsTheTaskIfThatIsWanted() throws Exception {
        world.offerReplay();
        offsets.put(SourceOffsets.partition(world.peer.uri().toString(), "/a"), SourceOffsets.number(7L));
        world.server.next("/meta/subscribe").amend(
                "{\"successful\":false,\"error\":\"400::The replayId {7} you provided was invalid.  Please provide a valid ID\"}");
        BayeuxSourceTask task = start("bayeux.on.invalid.position", "fail");
        assertTrue(failure(task).getMessage().contains("replayId"));
    }

    @Test
    void aMessageThatIsDeliveredTwiceBecomesOneRecord() throws Exception {
        world.offerReplay();
        BayeuxSourceTask task = receiving();
        for (long id : new long[]{5, 6, 5, 6, 7}) {
            world.server.publish("/a", event(id));
        }
        List<SourceRecord> records = take(task, 3);
        assertEquals(List.of(event(5), event(6), event(7)), records.stream().map(SourceRecord::value).toList());
        assertEquals(2L, task.metrics().values().get("duplicates"));
    }

    @Test
    void dataThatCannotBeParsedIsATextWithAHeaderAndBlocksNothing() throws Exception {
        BayeuxSourceTask task = receiving("value.format", "map");
        world.server.publish("/a", "{\"n\":1}");
        world.server.publish("/a", "{\"n\":1e400}");
        world.server.publish("/a", "{\"n\":[1.5,true,null,\"x\",12345678901]}");
        List<SourceRecord> records = take(task, 3);
        assertEquals(Map.of("n", 1L), records.get(0).value());
        assertEquals("{\"n\":1E+400}", String.valueOf(records.get(1).value()).replace("1e400", "1E+400"));
        assertTrue(header(records.get(1), "bayeux.error").contains("too large"));
        assertEquals("{n=[1.5, true, null, x, 12345678901]}", String.valueOf(records.get(2).value()));
    }

    @Test
    void aFailureThatMayPassLeavesTheTaskRunning() throws Exception {
        BayeuxSourceTask task = receiving();
        assertEquals(1L, task.metrics().values().get("connected"));
        world.peer.goDown();
        await("the task is not connected", () -> task.poll() == null && task.metrics().values().get("connected") == 0);
        world.peer.comeBack();
        world.server.awaitHeldConnects(1, PATIENCE);
        world.server.publish("/a", "1");
        assertEquals("1", take(task, 1).getFirst().value());
    }

    @Test
    void aServerThatIsNotThereYetLeavesTheTaskRunning() throws Exception {
        world.peer.goDown();
        BayeuxSourceTask task = start();
        assertNull(task.poll());
        world.peer.comeBack();
        world.server.awaitSubscription("/a", PATIENCE);
        world.server.awaitHeldConnects(1, PATIENCE);
        world.server.publish("/a", "1");
        assertEquals(1, take(task, 1).size());
    }

    @Test
    void aSubscriptionThatTheServerRefusesFailsTheTaskWithTheServersText() throws Exception {
        world.server.deny("/a");
        BayeuxSourceTask task = start();
        assertTrue(failure(task).getMessage().contains("403"), "the server's text is in it");
    }

    @Test
    void aSubscriptionThatTheServerRefusesLaterFailsTheTask() throws Exception {
        BayeuxSourceTask task = receiving();
        world.server.deny("/a");
        world.server.expireSessions();
        assertTrue(failure(task).getMessage().contains("403"));
        assertEquals(1L, task.metrics().values().get("refusals"));
    }

    @Test
    void credentialsThatTheServerRefusesFailTheTask() throws Exception {
        world.server.gate(request -> Answer.status(401));
        BayeuxSourceTask task = start("bayeux.auth", "bearer", "bayeux.auth.token", "top-secret");
        String text = failure(task).getMessage();
        assertTrue(text.contains("401"), text);
        assertTrue(!text.contains("top-secret"), text);
    }

    @Test
    void aTaskThatIsNotPolledLeavesTheMessagesToTheServer() throws Exception {
        world.offerReplay();
        BayeuxSourceTask task = receiving("bayeux.queue.messages", "2", "bayeux.batch.max", "1");
        int published = 0;
        while (world.server.messages("/meta/connect").size() < 3) {
            published++;
            world.server.publish("/a", event(published));
            world.server.awaitHeldConnects(1, PATIENCE);
        }
        List<SourceRecord> records = take(task, published);
        assertEquals(published, records.size());
    }

    @Test
    void stopEndsTheSessionThoughAllQueuesAreFull() throws Exception {
        BayeuxSourceTask task = receiving("bayeux.queue.messages", "2", "bayeux.batch.max", "1");
        for (int n = 0; n < 4; n++) {
            world.server.publish("/a", String.valueOf(n));
        }
        task.stop();
        world.server.takeMessage("/meta/disconnect", PATIENCE);
        assertEquals(List.of(), world.server.clientIds());
        world.peer.awaitNoConnections(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"AAAB-x9==\"", "7", "\"7\"", "184467440737095516160"})
    void aReplayIdOfAnyFormIsAskedForAsItCame(String id) throws Exception {
        world.offerReplay();
        BayeuxSourceTask first = receiving();
        world.server.publish("/a", "{\"event\":{\"replayId\":%s}}".formatted(id));
        SourceRecord record = take(first, 1).getFirst();
        offsets.commit(record);
        first.stop();
        assertEquals(id.replace("\"", ""), header(record, "bayeux.replay.id"));
        receiving();
        assertEquals("{\"replay\":{\"/a\":%s}}".formatted(id), asked(2));
    }

    @Test
    void credentialsThatAreRefusedLaterFailTheTaskUnlessRefusalsAreRetried() throws Exception {
        BayeuxSourceTask failing = receiving("bayeux.auth", "bearer", "bayeux.auth.token", "t");
        world.server.gate(request -> Answer.status(401));
        world.server.expireSessions();
        assertTrue(failure(failing).getMessage().contains("401"));
        world.server.gate(request -> null);
        BayeuxSourceTask patient = receiving("bayeux.auth", "bearer", "bayeux.auth.token", "t",
                "bayeux.auth.on.refused", "retry");
        AtomicInteger refused = new AtomicInteger();
        world.server.gate(request -> refused.incrementAndGet() > 4 ? null : Answer.status(401));
        world.server.expireSessions();
        await("more than four refusals", () -> patient.poll() == null && refused.get() > 4);
        await("the task is connected",
                () -> patient.poll() == null && patient.metrics().values().get("connected") == 1);
    }

    /** For example, a firewall before the server that refuses some requests and passes handshakes. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "bearer"})
    void aRefusedRequestToSubscribeIsRetriedIfRefusalsAreRetried(String auth) throws Exception {
        AtomicInteger refused = new AtomicInteger();
        world.server.gate(request -> request.text().contains("/meta/subscribe") && refused.incrementAndGet() <= 4
                ? Answer.status(403)
                : null);
        BayeuxSourceTask task = auth.equals("none")
                ? start()
                : start("bayeux.auth", "bearer", "bayeux.auth.token", "t", "bayeux.auth.on.refused", "retry");
        world.server.awaitSubscription("/a", PATIENCE);
        world.server.publish("/a", event(1));
        assertEquals(event(1), take(task, 1).getFirst().value());
    }

    @Test
    void anOffsetThatIsNoReplayIdFailsTheStartWithAdvice() {
        offsets.put(SourceOffsets.partition(world.peer.uri().toString(), "/a"), Map.of("replayId", ""));
        ConnectException failure = assertThrows(ConnectException.class, this::start);
        assertTrue(failure.getMessage().contains("/a"), failure.getMessage());
    }
}
