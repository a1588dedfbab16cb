package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program is killed again and again, at any moment, and handles every event all the same. */
@Timeout(180)
@Tag("transport:jdk")
class DurableCrashTest {

    private static final int LIVES = 5;
    private static final int EVENTS = 60;

    @TempDir
    private Path folder;

    private final CometdReplay replay = new CometdReplay();
    private final CometdTestServer server = new CometdTestServer().replay(replay).maxInterval(Duration.ofSeconds(2));
    private final List<Long> published = new ArrayList<>();

    @BeforeEach
    void startTheServer() {
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private void publish(int count) {
        for (int n = 0; n < count; n++) {
            published.add(replay.publish(DurableProgram.CHANNEL, "event " + published.size()));
        }
    }

    private static List<Long> untilItIsDead(DurableProgram program) throws IOException {
        List<Long> handled = new ArrayList<>();
        for (Long id = program.next(); id != null; id = program.next()) {
            handled.add(id);
        }
        return handled;
    }

    /** What one life has handled: without a gap, and from where the life before had got to. */
    private void assertGoesOn(List<Long> life, int lastOfTheOneBefore, String seed) {
        int first = published.indexOf(life.getFirst());
        assertTrue(first == lastOfTheOneBefore || first == lastOfTheOneBefore + 1,
                () -> "%s: the last event handled was number %d, and the next life begins with %d".formatted(seed,
                        lastOfTheOneBefore, first));
        assertEquals(published.subList(first, first + life.size()), life, seed);
    }

    @Test
    @Tag("C-119")
    void everyEventIsHandledAtLeastOnceThoughTheProgramIsKilled() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path positions = folder.resolve("positions");
        List<Long> all = new ArrayList<>();
        int last = -1;
        for (int life = 0; life < LIVES; life++) {
            publish(EVENTS);
            try (DurableProgram program = DurableProgram.start(server.uri(), positions)) {
                List<Long> handled = new ArrayList<>(List.of(program.next()));
                if (life == 0) {
                    ConfigurationException inUse = assertThrows(ConfigurationException.class,
                            () -> PositionStore.ofFile(positions));
                    assertTrue(inUse.getMessage().contains("another process"), inUse.getMessage());
                }
                publish(EVENTS);
                for (int n = random.nextInt(EVENTS); n > 0; n--) {
                    handled.add(program.next());
                }
                program.kill();
                handled.addAll(untilItIsDead(program));
                assertGoesOn(handled, last, "seed " + seed);
                last = published.indexOf(handled.getLast());
                all.addAll(handled);
            }
        }
        publish(1);
        try (DurableProgram program = DurableProgram.start(server.uri(), positions)) {
            List<Long> handled = new ArrayList<>();
            while (handled.isEmpty() || !handled.getLast().equals(published.getLast())) {
                handled.add(program.next());
            }
            assertGoesOn(handled, last, "seed " + seed);
            all.addAll(handled);
        }
        assertEquals(published, List.copyOf(new LinkedHashSet<>(all)));
        assertTrue(all.size() - published.size() <= LIVES, "only what was handled and not saved yet comes twice");
        try (PositionStore store = PositionStore.ofFile(positions)) {
            assertEquals(Optional.of(Position.after(published.getLast())), store.load(DurableProgram.CHANNEL));
        }
    }
}
