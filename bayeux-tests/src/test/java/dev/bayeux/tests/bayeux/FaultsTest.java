package dev.bayeux.tests.bayeux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each fault is what a client takes it for. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class FaultsTest {

    private final MemoryWorld world = new MemoryWorld();
    private final Faults faults = world.server.faults();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void refusedHandshakesAreTriedAgainAndDeniedOnesAreNot() throws Exception {
        faults.refuseHandshakes(2);
        world.connect();
        assertEquals(3, world.server.messages("/meta/handshake").size());

        world.client.disconnect();
        faults.denyHandshake("403::who are you");
        HandshakeException denied = assertThrows(HandshakeException.class, () -> world.client.connect());
        assertTrue(denied.getMessage().contains("403::who are you"), denied.getMessage());
    }

    @Test
    void sessionsExpireAndServersRestart() throws Exception {
        world.connect();
        world.client.subscribe("/a");
        faults.expireSessions();
        world.server.awaitSubscription("/a", MemoryWorld.PATIENCE);
        faults.restart();
        world.server.awaitSubscription("/a", MemoryWorld.PATIENCE);
        assertTrue(world.client.awaitReady(MemoryWorld.PATIENCE));
        assertEquals(3, world.server.messages("/meta/handshake").size());
    }

    @Test
    void connectionsAreCutWhileTheSessionStays() throws Exception {
        world.connect();
        String session = world.client.clientId().orElseThrow();
        faults.cutConnections();
        world.client.publish("/a", 1);
        faults.goDown();
        world.client.awaitState(state -> !state.isConnected(), MemoryWorld.PATIENCE);
        faults.comeBack();
        assertTrue(world.client.awaitReady(MemoryWorld.PATIENCE));
        assertEquals(session, world.client.clientId().orElseThrow());
    }

    @Test
    void repliesAreLostHeldDelayedOrReplacedByAStatus() throws Exception {
        world.connect();
        faults.loseNextReply("/a");
        assertEquals(Outcome.UNKNOWN,
                assertThrows(PublishException.class, () -> world.client.publish("/a", 1)).outcome());
        assertTrue(world.client.awaitReady(MemoryWorld.PATIENCE));
        faults.failNext("/b", 503);
        assertThrows(PublishException.class, () -> world.client.publish("/b", 1));
        assertTrue(world.client.awaitReady(MemoryWorld.PATIENCE));
        var holding = faults.holdNextReply("/c");
        CompletableFuture<?> published = world.client.async().publish("/c", 1);
        var held = MemoryWorld.get(holding);
        assertTrue(!published.isDone());
        held.release();
        MemoryWorld.get(published);
        faults.delayNextReply("/d", Duration.ofMillis(1));
        world.client.publish("/d", 1);
        faults.deny("/e");
        assertThrows(SubscribeException.class, () -> world.client.subscribe("/e"));
        faults.endSessions();
        assertTrue(world.client.awaitState(state -> state.isDisconnected(), MemoryWorld.PATIENCE).isPresent());
    }
}
