package dev.bayeux.core.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StateHistoryTest {

    private static ClientState state(ConnectionStatus status) {
        return ClientState.of(status, Instant.EPOCH);
    }

    @Test
    void aCallerThatLooksLateStillFindsAStateThatHasLastedForAnInstant() {
        StateHistory before = new StateHistory(state(ConnectionStatus.DISCONNECTED));
        StateHistory connected = before.follow(state(ConnectionStatus.CONNECTED));
        StateHistory after = connected.follow(state(ConnectionStatus.DISCONNECTED));

        assertTrue(before.hasConnected());
        assertFalse(after.hasConnected(), "an earlier session does not count for a later caller");
        assertSame(connected, before.next());
        assertSame(after, connected.next());
        assertNull(after.next());
    }
}
