package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Timeouts;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long the server may take for its answer, whatever the client has done before. */
class ReplyLimitTest {

    private static final int LIMIT_MS = 2_000;
    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT.withReply(Duration.ofMillis(LIMIT_MS));

    private static final class Slow implements Extension {

        private final World[] world;

        Slow(World[] world) {
            this.world = world;
        }

        @Override
        public BayeuxMessage outgoing(BayeuxMessage message) {
            if (message.channel().equals("/meta/handshake")) {
                try {
                    world[0].sleep((LIMIT_MS - 1) * 1_000_000L);
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            }
            return message;
        }
    }

    @Test
    @Tag("C-100")
    void beginsWhenAMessageIsWrittenToTheSocket() {
        World[] world = new World[1];
        Scene.playOverSocket(Scene.PLAIN, settings -> settings.timeouts(TIMEOUTS).addExtension(new Slow(world)),
                scene -> {
                    world[0] = scene.world;
                    scene.client.connect();
                    assertEquals(1, scene.count("/meta/handshake"));
                });
    }
}
