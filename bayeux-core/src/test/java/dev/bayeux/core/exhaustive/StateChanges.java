package dev.bayeux.core.exhaustive;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.CONNECTING;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.SUSPENDED;
import static dev.bayeux.api.ConnectionStatus.RECONNECTING;

import dev.bayeux.api.ConnectionStatus;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which state may follow which: T1 to T17. */
public final class StateChanges {

    private static final Map<ConnectionStatus, Set<ConnectionStatus>> ALLOWED = Map.of(
            DISCONNECTED, EnumSet.of(DISCONNECTED, HANDSHAKING),
            HANDSHAKING, EnumSet.of(HANDSHAKEN, REHANDSHAKING, SUSPENDED, DISCONNECTED),
            REHANDSHAKING, EnumSet.of(REHANDSHAKING, HANDSHAKEN, SUSPENDED, DISCONNECTED),
            HANDSHAKEN, EnumSet.of(CONNECTING, RECONNECTING, REHANDSHAKING, SUSPENDED, DISCONNECTED, DISCONNECTING),
            CONNECTING, EnumSet.of(CONNECTED, RECONNECTING, REHANDSHAKING, SUSPENDED, DISCONNECTED, DISCONNECTING),
            CONNECTED, EnumSet.of(RECONNECTING, REHANDSHAKING, SUSPENDED, DISCONNECTED, DISCONNECTING),
            RECONNECTING, EnumSet.of(RECONNECTING, CONNECTING, CONNECTED, REHANDSHAKING, SUSPENDED, DISCONNECTED,
                    DISCONNECTING),
            SUSPENDED, EnumSet.of(RECONNECTING, HANDSHAKEN, REHANDSHAKING, SUSPENDED, DISCONNECTED, DISCONNECTING),
            DISCONNECTING, EnumSet.of(DISCONNECTED));

    private StateChanges() {
    }

    /** {@return whether one state may follow another} */
    public static boolean isAllowed(ConnectionStatus before, ConnectionStatus now) {
        return ALLOWED.getOrDefault(before, Set.of()).contains(now);
    }
}
