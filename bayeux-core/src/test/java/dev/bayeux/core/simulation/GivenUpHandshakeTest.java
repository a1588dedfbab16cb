package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.HandshakeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A handshake that was not sent when the program gave up is not sent afterwards. */
class GivenUpHandshakeTest {

    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT.withConnectCall(Duration.ofSeconds(2));

    /** Code of a program that ignores interrupts. */
    private static void sleepThroughInterrupts(World world, long ms) {
        long untilNs = world.nowNs() + ms * 1_000_000;
        while (world.nowNs() < untilNs) {
            try {
                world.sleep(untilNs - world.nowNs());
            } catch (InterruptedException ignored) {
                // That is the point.
            }
        }
    }

    @Test
    @Tag("C-35/T13")
    void requestsThatWaitForCredentialsAreNotSentAfterConnectHasFailed() {
        AtomicInteger asked = new AtomicInteger();
        World[] world = new World[1];
        Scene.play(Scene.PLAIN, settings -> settings.timeouts(TIMEOUTS).credentials(refused -> {
            asked.incrementAndGet();
            sleepThroughInterrupts(world[0], 2_500);
            return Credentials.bearer("t0ken");
        }), scene -> {
            world[0] = scene.world;
            scene.aside("network", () -> {
                scene.sleep(1_000);
                scene.client.checkConnection();
            });
            assertThrows(HandshakeException.class, scene.client::connect);
            scene.sleep(10_000);
            assertEquals(0, scene.count("/meta/handshake"));
            assertEquals(1, asked.get());
        });
    }
}
