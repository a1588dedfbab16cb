package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ConnectionStatus;
import org.junit.jupiter.api.Test;

/** A client that rests has no connection open. */
class RestingConnectionsTest {

    private static final String CHANNEL = "/news/a";

    /** Rests from the moment on at which a message leaves, which takes its time to be answered. */
    private static void restWhilePublishing(Scene scene) throws InterruptedException {
        scene.client.connect();
        scene.sleep(1_000);
        boolean[] accepted = new boolean[1];
        scene.aside("publisher", () -> {
            scene.client.publish(CHANNEL, 1);
            accepted[0] = true;
        });
        scene.onSent(CHANNEL, scene.client::suspend);
        scene.sleep(1_000);
        assertTrue(accepted[0]);
    }

    @Test
    void requestsInFlightAreAnsweredAndThenTheirConnectionIsClosed() {
        Scene.play(Scene.PLAIN, settings -> settings, scene -> {
            restWhilePublishing(scene);
            assertFalse(scene.network.isInUse());
            assertEquals(ConnectionStatus.SUSPENDED, scene.client.state().status());
            scene.client.resume();
            scene.sleep(1_000);
            assertTrue(scene.client.state().isConnected());
        });
    }

    @Test
    void aClientThatResumesMeanwhileKeepsTheConnection() {
        Scene.play(Scene.PLAIN, settings -> settings, scene -> {
            scene.onSent(CHANNEL, scene.client::resume);
            restWhilePublishing(scene);
            assertTrue(scene.client.state().isConnected());
            assertTrue(scene.network.isInUse());
        });
    }
}
