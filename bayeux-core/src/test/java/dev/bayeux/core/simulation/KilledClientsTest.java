package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.delivery.WatchedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At least once, whenever a client is killed: docs/simulation.md. */
class KilledClientsTest {

    private static WatchedLog log;

    @BeforeAll
    static void silence() {
        log = new WatchedLog("dev.bayeux.client");
    }

    @AfterAll
    static void listenAgain() {
        log.close();
    }

    @Test
    void keptMessagesAreHandledAtLeastOnce() {
        long killed = 0;
        long again = 0;
        for (long seed = 0; seed < Integer.getInteger("simulation.kills", 200); seed++) {
            Result result = KilledClients.run(seed, 0);
            long failing = seed;
            assertNull(result.failure(), () -> KilledClients.run(failing, 1_000).report());
            killed += result.counts().get("clients killed");
            again += result.counts().get("handled again");
        }
        assertTrue(killed > 0 && again > 0, "%d killed, %d handled again".formatted(killed, again));
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        for (long seed = 0; seed < 5; seed++) {
            assertEquals(KilledClients.run(seed, 0).fingerprint(), KilledClients.run(seed, 0).fingerprint());
        }
    }
}
