package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int LINES = 400;

    @Test
    void replay() {
        Result result = Simulation.run(Long.getLong("simulation.seed", 1), LINES);

        assertNull(result.failure(), result::report);
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
    void manySeeds() {
        for (long seed = 0; seed < Integer.getInteger("simulation.seeds", 20); seed++) {
            Result result = Simulation.run(seed, 0);
            if (result.failure() != null) {
                assertNull(result.failure(), Simulation.run(seed, LINES)::report);
            }
        }
    }
}
