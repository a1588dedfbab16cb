package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Overflow;
import dev.bayeux.api.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full queue holds connects back for as long as it may, whatever else happens meanwhile. */
class PausedHeartbeatTest {

    private static final String CHANNEL = "/news/a";
    private static final String CONNECT = "/meta/connect";
    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT.withPause(Duration.ofSeconds(5));

    /** Connected, with a queue that has just become full. */
    private static void play(Scene.Play play) {
        Scene.play(Scene.PLAIN, settings -> settings.timeouts(TIMEOUTS), scene -> {
            scene.client.connect();
            scene.client.subscription(CHANNEL).queue(1, Overflow.PAUSE).start();
            scene.sleep(1_000);
            scene.server.event(CHANNEL);
            scene.sleep(1_000);
            play.play(scene);
        });
    }

    @Test
    @Tag("C-87")
    void theNextConnectWaits() {
        play(scene -> {
            long before = scene.count(CONNECT);
            scene.sleep(3_000);
            assertEquals(before, scene.count(CONNECT));
            scene.sleep(2_000);
            assertEquals(before + 1, scene.count(CONNECT));
        });
    }

    @Test
    void aLongSuspensionCountsAsTheWait() {
        play(scene -> {
            scene.client.suspend();
            scene.sleep(9_000);
            long before = scene.count(CONNECT);
            scene.client.resume();
            scene.sleep(1_000);
            assertEquals(before + 1, scene.count(CONNECT));
        });
    }

    @Test
    void checksOfTheConnectionDoNotProlongIt() {
        play(scene -> {
            long before = scene.count(CONNECT);
            for (int n = 0; n < 4; n++) {
                scene.client.checkConnection();
                scene.sleep(2_000);
            }
            assertEquals(before + 1, scene.count(CONNECT));
        });
    }
}
