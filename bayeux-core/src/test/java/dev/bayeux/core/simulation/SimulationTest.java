package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.core.delivery.WatchedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
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

    /** The numbers are those of the rules that hold at every step. */
    @Test
    @Tags({@Tag("C-01"), @Tag("C-02"), @Tag("C-09"), @Tag("C-13"), @Tag("C-15"), @Tag("C-16"), @Tag("C-17"),
            @Tag("C-18"), @Tag("C-19"), @Tag("C-20"), @Tag("C-23"), @Tag("C-28"), @Tag("C-35"), @Tag("C-36"),
            @Tag("C-39"), @Tag("C-47"), @Tag("C-48"), @Tag("C-50"), @Tag("C-52"), @Tag("C-56"), @Tag("C-58"),
            @Tag("C-69"), @Tag("C-71"), @Tag("C-73"), @Tag("C-74"), @Tag("C-76"), @Tag("C-78"), @Tag("C-94"),
            @Tag("C-102"), @Tag("C-112"), @Tag("C-113"), @Tag("C-114"), @Tag("C-125")})
    void allIsWellInManyHistories() {
        Tally tally = new Tally();
        int seeds = Integer.getInteger("simulation.seeds", 1000);
        for (long seed = 0; seed < seeds; seed++) {
            play(tally, seed);
        }
        tally.assertThatMuchHappened();
        tally.write();
    }
}
