package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of the JVM shows what a client does, without its secrets. */
@Tag("transport:memory")
class RecordingTest {

    private static List<RecordedEvent> events = List.of();
    private static Set<String> clientIds = Set.of();

    @BeforeAll
    static void record(@TempDir Path folder) throws IOException, InterruptedException {
        try (MemoryWorld world = new MemoryWorld(); Recording recording = new Recording()) {
            recording.enable("dev.bayeux.Delivery");
            recording.start();
            BusyLife.live(world);
            recording.stop();
            recording.dump(folder.resolve("life.jfr"));
            events = RecordingFile.readAllEvents(folder.resolve("life.jfr")).stream()
                    .filter(event -> event.getEventType().getName().startsWith("dev.bayeux.")).toList();
            clientIds = world.server.messages().stream().map(ReceivedMessage::clientId)
                    .filter(id -> !id.isEmpty()).collect(Collectors.toSet());
        }
    }

    private static List<RecordedEvent> of(String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("dev.bayeux." + name)).toList();
    }

    private static List<String> texts(String name, String field) {
        return of(name).stream().map(event -> event.getString(field)).toList();
    }

    @Test
    void eachKindOfEventIsThereAndNamesItsClient() {
        assertEquals(
                new TreeSet<>(Set.of("Connect", "Handshake", "Poll", "Send", "Publish", "Delivery", "State", "Retry",
                        "Drop", "Failure")),
                events.stream().map(event -> event.getEventType().getName().substring("dev.bayeux.".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(events.stream().allMatch(event -> event.getString("client").equals("views")));
    }

    @Test
    void exchangesTellHowTheyWereCarriedAndHowTheyEnded() {
        assertEquals(Set.of("long-polling"), Set.copyOf(texts("Poll", "connectionType")));
        assertTrue(of("Poll").stream().anyMatch(poll -> poll.getString("failure") != null
                && poll.getString("failure").startsWith("TransportException: ")));
        assertTrue(of("Poll").stream().anyMatch(poll -> poll.getString("failure") == null));
        assertFalse(of("Connect").getFirst().getDuration().isNegative());
    }

    @Test
    void publishesTellTheirChannelAndTheirRefusal() {
        assertEquals(List.of("/handled", "/handled", "/full", "/full", "/pulled", "/service/echo", "/no"),
                of("Publish").stream().sorted(java.util.Comparator.comparing(RecordedEvent::getStartTime))
                        .map(event -> event.getString("channel")).toList());
        assertEquals(List.of("/no"), of("Publish").stream().filter(event -> event.getString("failure") != null)
                .map(event -> event.getString("channel")).toList());
    }

    @Test
    void deliveriesTellTheirLagAndWhatBecameOfTheHandler() {
        assertEquals(List.of(false, true), of("Delivery").stream()
                .filter(event -> event.getBoolean("handler")).map(event -> event.getString("failure") != null)
                .toList());
        assertEquals(1, of("Delivery").stream().filter(event -> !event.getBoolean("handler")).count());
        assertTrue(of("Delivery").stream().allMatch(event -> event.getDuration("lag").toNanos() > 0));
    }

    @Test
    void retriesDropsAndStatesAreThere() {
        assertEquals(1, of("Retry").getFirst().getInt("attempt"));
        assertEquals("/full", of("Drop").getFirst().getString("channels"));
        assertEquals(1, of("Drop").stream().mapToLong(event -> event.getLong("messages")).sum());
        assertTrue(texts("State", "now").containsAll(List.of("CONNECTED", "RECONNECTING", "DISCONNECTED")));
    }

    @Test
    void failuresAreRecordedAsInTheLog() {
        assertEquals(Set.of("HandlerFailed", "AttemptFailed"), Set.copyOf(texts("Failure", "kind")));
        assertTrue(texts("Failure", "failure").contains("IllegalStateException: of the handler"));
    }

    @Test
    void aLostSessionTellsItsReason(@TempDir Path folder) throws IOException, InterruptedException {
        List<RecordedEvent> recorded;
        try (MemoryWorld world = new MemoryWorld(); Recording recording = new Recording()) {
            recording.start();
            world.connect();
            CountDownLatch renewed = new CountDownLatch(1);
            world.client.listen(event -> {
                if (event instanceof ClientEvent.SessionRenewed) {
                    renewed.countDown();
                }
            });
            world.server.expireSessions("402::unknown session");
            assertTrue(renewed.await(20, TimeUnit.SECONDS));
            recording.stop();
            recording.dump(folder.resolve("lost.jfr"));
            recorded = RecordingFile.readAllEvents(folder.resolve("lost.jfr"));
        }
        List<String> reasons = recorded.stream()
                .filter(event -> event.getEventType().getName().equals("dev.bayeux.State"))
                .filter(event -> event.getString("now").equals("REHANDSHAKING"))
                .map(event -> String.valueOf(event.getString("failure"))).toList();
        assertEquals(1, reasons.size());
        assertTrue(reasons.getFirst().contains("402::unknown session"), reasons::toString);
        assertTrue(recorded.stream().filter(event -> event.getEventType().getName().equals("dev.bayeux.State"))
                .filter(event -> event.getString("now").equals("CONNECTED"))
                .allMatch(event -> event.getString("failure") == null));
    }

    @Test
    void noClientIdIsInTheRecording() {
        assertTrue(!clientIds.isEmpty(), clientIds.toString());
        String all = events.toString();
        assertEquals(List.of(), clientIds.stream().filter(all::contains).toList());
    }
}
