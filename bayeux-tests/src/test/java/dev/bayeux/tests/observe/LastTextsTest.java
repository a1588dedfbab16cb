package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Observation;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import jakarta.json.Json;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that a failure stops logs the last texts that it sent and received, without secrets and within limits. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class LastTextsTest {

    private final Logger logger = Logger.getLogger("dev.bayeux.client");
    private final LinkedBlockingQueue<String> stopped = new LinkedBlockingQueue<>();
    private volatile @Nullable Error failure;

    @BeforeEach
    void watch() {
        logger.setFilter(record -> {
            if (record.getLevel() == Level.WARNING && record.getMessage().contains("has stopped")) {
                stopped.add(record.getMessage());
                if (failure != null) {
                    throw failure;
                }
            }
            return false;
        });
    }

    @AfterEach
    void leave() {
        logger.setFilter(null);
    }

    private static MemoryWorld world(int texts, int characters) {
        return new MemoryWorld(settings -> settings.observation(Observation.DEFAULT.withLast(texts, characters))
                .handshake(Json.createObjectBuilder()
                        .add("ext", Json.createObjectBuilder().add("token", "very-secret")).build()));
    }

    private String printed() throws InterruptedException {
        String printed = stopped.poll(20, TimeUnit.SECONDS);
        if (printed == null) {
            throw new AssertionError("Nothing was printed.");
        }
        return printed;
    }

    private static List<String> lines(String printed) {
        return printed.lines().skip(2).map(String::strip).toList();
    }

    @Test
    void theEndByTheServerShowsWhatLedToIt() throws Exception {
        try (MemoryWorld world = world(16, 16_384).connect()) {
            String id = world.server.clientIds().getFirst();
            world.client.publish("/a", "hello");
            world.server.disconnectSessions();

            String printed = printed();

            assertTrue(printed.startsWith("views has stopped: "), printed);
            assertTrue(lines(printed).getFirst().startsWith("sends [{"), printed);
            assertTrue(lines(printed).getFirst().contains("/meta/handshake"), printed);
            assertTrue(lines(printed).getLast().startsWith("receives ["), printed);
            assertTrue(lines(printed).getLast().contains("\"reconnect\":\"none\""), printed);
            assertTrue(printed.contains("hello"), printed);
            assertFalse(printed.contains(id), printed);
            assertFalse(printed.contains("very-secret"), printed);
        }
    }

    @Test
    void aClientIdInAChannelIsHiddenThoughNoTextThatIsKeptTellsWhatItIs() throws Exception {
        try (MemoryWorld world = world(1, 16_384).connect()) {
            String id = world.server.clientIds().getFirst();
            world.server.next("/meta/connect").reply("""
                    [{"channel":"/private/${clientId}/x","data":"for ${clientId}"},
                     {"channel":"/meta/connect","id":"${id}","successful":false,"advice":{"reconnect":"none"}}]""");
            world.server.answerHeldConnects("{}");

            String printed = printed();

            assertTrue(printed.contains("/private/***/x"), printed);
            assertFalse(printed.contains(id), printed);
        }
    }

    @Test
    void aRefusedHandshakeIsShown() {
        try (MemoryWorld world = world(16, 16_384)) {
            world.server.next("/meta/handshake").amend("""
                    {"successful":false,"error":"403::no","advice":{"reconnect":"none"}}""");

            assertThrows(HandshakeException.class, world::connect);

            assertTrue(assertPrinted().contains("403::no"));
        }
    }

    @Test
    void aLoggerThatThrowsKeepsNothingOpen() throws Exception {
        failure = new StackOverflowError("of the program's logger");
        try (MemoryWorld world = world(16, 16_384).connect()) {
            world.server.disconnectSessions();

            printed();

            world.peer.awaitNoConnections(MemoryWorld.PATIENCE);
        }
    }

    private String assertPrinted() {
        try {
            return printed();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void theLimitsHoldForTheNumberAndForTheCharacters() throws Exception {
        try (MemoryWorld world = world(3, 400).connect()) {
            world.client.publish("/a", "x".repeat(1_000));
            world.server.disconnectSessions();

            List<String> lines = lines(printed());

            assertTrue(lines.size() <= 3, lines.toString());
            assertTrue(lines.stream().noneMatch(line -> line.contains("xxxx")), lines.toString());
            assertTrue(lines.stream().mapToInt(String::length).sum() < 600, lines.toString());
        }
    }

    @Test
    void anEndByTheProgramIsNoFailureAndZeroTurnsTheLogOff() throws Exception {
        try (MemoryWorld world = world(16, 16_384).connect()) {
            world.client.disconnect();
            world.client.connect();
        }
        try (MemoryWorld world = world(0, 0).connect()) {
            world.server.disconnectSessions();
            world.client.awaitState(state -> state.isDisconnected(), MemoryWorld.PATIENCE);
        }
        assertEquals(List.of(), List.copyOf(stopped));
        assertThrows(IllegalArgumentException.class, () -> Observation.DEFAULT.withLast(-1, 0));
    }
}
