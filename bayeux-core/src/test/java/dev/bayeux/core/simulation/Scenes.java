package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scripted histories that chance brings too seldom, also for an engine with a planted bug. */
public final class Scenes {

    private static final Dialect ACKNOWLEDGING = new Dialect(30_000, 0, 60_000, false, true, true, false, false, true,
            0,
            false);

    private Scenes() {
    }

    /**
     * A reply is cut off after the first of two deliveries. The client takes that one and acknowledges nothing, so the server
     * sends both again (C-114): the first must not be handled twice.
     */
    static void replyIsCutOff() {
        List<Long> handled = new ArrayList<>();
        Scene.play(ACKNOWLEDGING, settings -> settings.acknowledge(true), scene -> {
            scene.client.connect();
            scene.client.subscribe("/chat", message -> handled.add(message.data().asJsonObject().getInt("n") + 0L));
            long[] sent = new long[2];
            scene.onSent("/meta/connect", () -> {
                sent[0] = scene.server.event("/chat");
                sent[1] = scene.server.event("/chat");
                scene.network.cutNextAfter(1);
            });
            // The connect in flight is answered with this, and the next is the one that is waited for.
            scene.server.event("/news/a");
            scene.server.event("/chat");
            scene.sleep(60_000);
            assertEquals(List.of(sent[0] - 1, sent[0], sent[1]), handled,
                    "A delivery of a reply that was cut off is handled twice, or never.");
        });
    }

    /**
     * A subscription becomes active while the state of the session stays the same: a caller of {@code awaitReady} must not wait
     * for the next change of that state.
     */
    static void subscriptionBecomesActive() {
        Scene.play(ACKNOWLEDGING, settings -> settings, scene -> {
            scene.client.connect();
            // The connect after the first one is held, so nothing else happens.
            scene.sleep(1_000);
            boolean[] ready = new boolean[1];
            scene.onSent("/meta/subscribe", () -> scene.aside("waiter",
                    () -> ready[0] = scene.client.awaitReady(Duration.ofSeconds(5))));
            scene.client.subscribe("/chat", message -> {});
            scene.sleep(10_000);
            assertTrue(ready[0], "The client is ready, and a caller of awaitReady still waits.");
        });
    }

    /** The last reply has arrived while the state of the session stays the same: a caller of {@code drain} must return. */
    static void lastReplyArrives() {
        Scene.play(ACKNOWLEDGING, settings -> settings, scene -> {
            scene.client.connect();
            scene.sleep(1_000);
            boolean[] drained = new boolean[1];
            scene.onSent("/chat", () -> scene.aside("waiter",
                    () -> drained[0] = scene.client.drain(Duration.ofSeconds(5))));
            scene.client.publish("/chat", "1");
            scene.sleep(10_000);
            assertTrue(drained[0], "All replies have arrived, and a caller of drain still waits.");
        });
    }

    /** Called by reflection, with planted bugs. Returns the failure of the first scene that fails, {@code null} if none does. */
    public static @Nullable String failureOf(long any) {
        try {
            replyIsCutOff();
            subscriptionBecomesActive();
            lastReplyArrives();
            return null;
        } catch (AssertionError wrong) {
            return wrong.getMessage();
        }
    }
}
