package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the server is tried again is shown as it is, also when it changes while one waits for it. */
class NextAttemptTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Dialect EVERY_TEN_SECONDS = new Dialect(30_000, 10_000, 120_000, false, true, true, false,
            false, false, 0, false);

    @Test
    void aWaitThatACheckHasCutShortIsShownAsShort() {
        Scene.play(EVERY_TEN_SECONDS, settings -> settings.backoff(Backoff.of(LONG, LONG)), scene -> {
            scene.client.connect();
            // By now the interval is over, and a connect is held.
            scene.sleep(15_000);
            scene.network.breakAll(30_000);
            scene.sleep(1_000);
            Instant late = scene.client.state().nextAttempt().orElseThrow();
            assertTrue(late.isAfter(scene.now().plusSeconds(40)));
            scene.client.checkConnection();
            Instant soon = scene.client.state().nextAttempt().orElseThrow();
            assertFalse(soon.isAfter(scene.now().plusSeconds(10)));
            assertEquals(soon, scene.client.state().nextAttempt().orElseThrow());
        });
    }
}
