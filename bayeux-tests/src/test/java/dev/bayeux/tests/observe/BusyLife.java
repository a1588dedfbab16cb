package dev.bayeux.tests.observe;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.tests.MemoryWorld;
import jakarta.json.JsonValue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client to which everything happens that can be seen. */
final class BusyLife {

    private BusyLife() {
    }

    static void live(MemoryWorld world) throws InterruptedException {
        CountDownLatch handled = new CountDownLatch(2);
        CountDownLatch dropped = new CountDownLatch(1);
        world.client.listen(event -> {
            if (event instanceof ClientEvent.MessagesDropped) {
                dropped.countDown();
            }
        });
        world.connect();
        world.client.subscribe("/handled", message -> {
            handled.countDown();
            if (handled.getCount() == 0) {
                throw new IllegalStateException("of the handler");
            }
        });
        PullSubscription<JsonValue> pulled = world.client.subscribe("/pulled");
        world.client.subscription("/full").queue(1, Overflow.DROP_NEWEST).start();
        world.client.batch(batch -> {
            batch.publish("/handled", 1);
            batch.publish("/handled", 2);
            batch.publish("/full", 3);
            batch.publish("/full", 4);
        });
        world.client.publish("/pulled", 5);
        pulled.take();
        world.client.call("/service/echo", 6);
        world.server.deny("/no");
        try {
            world.client.publish("/no", 7);
        } catch (PublishException refused) {
            // That, too, is seen.
        }
        if (!handled.await(20, TimeUnit.SECONDS) || !dropped.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("Not everything has happened.");
        }
        world.peer.goDown();
        world.client.awaitState(state -> state.failedAttempts() > 0, MemoryWorld.PATIENCE);
        world.peer.comeBack();
        world.client.awaitReady(MemoryWorld.PATIENCE);
        world.client.close();
    }
}
