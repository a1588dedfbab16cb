package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.core.delivery.WatchedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is simulated, what is checked, and how a failure is repeated: docs/simulation.md. */
class SimulationTest {

    private static final int LINES = 400;
    private static WatchedLog log;

    @BeforeAll
    static void silence() {
        // Listeners that throw are part of the program.
        log = new WatchedLog("dev.bayeux.client");
    }

    @AfterAll
    static void listenAgain() {
        log.close();
    }

    private static void play(Tally tally, long seed) {
        Result result = Simulation.run(seed, 0);
        tally.add(result);
        if (result.failure() != null) {
            // Once more, to see what led there.
            assertNull(result.failure(), Simulation.run(seed, LINES)::report);
        }
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        for (long seed = 0; seed < 20; seed++) {
            Result once = Simulation.run(seed, LINES);
            Result again = Simulation.run(seed, LINES);

            assertEquals(once.trace(), again.trace());
            assertEquals(once.fingerprint(), again.fingerprint());
            assertEquals(once.fingerprint(), Simulation.run(seed, 0).fingerprint());
        }
    }

    @Test
    void allIsWellInManyHistories() {
        Tally tally = new Tally();
        int seeds = Integer.getInteger("simulation.seeds", 2000);
        for (long seed = 0; seed < seeds; seed++) {
            play(tally, seed);
        }
        tally.assertThatMuchHappened();
        tally.write();
    }
}
