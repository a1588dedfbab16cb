package dev.bayeux.core.simulation;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.DISCONNECTING;
import static dev.bayeux.api.ConnectionStatus.HANDSHAKEN;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static dev.bayeux.api.ConnectionStatus.SUSPENDED;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.SessionRenewed;
import dev.bayeux.api.ClientEvent.StateChanged;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.exhaustive.StateChanges;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of the state, as programs see them and as listeners receive them: T1 to T17, C-36; and the report of a new
 * session.
 */
final class StateRule implements Wire {

    /** For threads that lose the processor. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);

    private final World world;
    private final long closeNs;
    private final Set<Object> connectedSessions = new HashSet<>();
    private final Set<String> connects = new HashSet<>();
    private @Nullable String handshake;
    private @Nullable String session;
    private ConnectionStatus told = DISCONNECTED;
    private @Nullable Long disconnectingSinceNs;
    private boolean everConnected;
    /** Whether the present session replaces a lost one, and this was not reported yet. */
    private boolean renewing;
    private int renewals;

    StateRule(World world, Duration closeTimeout) {
        this.world = world;
        this.closeNs = closeTimeout.toNanos();
    }

    int renewals() {
        return renewals;
    }

    // What listeners hear, in order

    void heard(ClientEvent event) {
        switch (event) {
            case SessionRenewed renewed -> renewed();
            case StateChanged(var before, var now) -> changed(before.status(), now.status());
            default -> world.trace.add(world, "event " + event.getClass().getSimpleName());
        }
    }

    private void renewed() {
        if (!renewing) {
            world.fail("A renewed session was told for the second time, or before it was made.");
        }
        renewing = false;
        renewals++;
    }

    private void changed(ConnectionStatus before, ConnectionStatus now) {
        world.trace.add(world, "event %s -> %s".formatted(before, now));
        if (before != told) {
            world.fail("A change from %s was told after one to %s.".formatted(before, told));
        }
        if (!StateChanges.isAllowed(before, now)) {
            world.fail("No way leads from %s to %s.".formatted(before, now));
        }
        if (now == CONNECTED && renewing) {
            world.fail("A renewed session is connected, and nobody was told that it was renewed.");
        }
        if (now == HANDSHAKEN && before != SUSPENDED) {
            renewing = everConnected && before == REHANDSHAKING;
        }
        everConnected = now == CONNECTED || everConnected && now != DISCONNECTED;
        told = now;
    }

    // What is shown

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        ClientMessage message = messages.getFirst();
        if (message.isHandshake()) {
            // No connect of an older session proves anything, and no reply to an older handshake brings one.
            connects.clear();
            handshake = message.id();
        } else if (message.isConnect()) {
            connects.add(message.id());
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            if (message.session() != null && String.valueOf(message.id()).equals(handshake)) {
                session = message.session();
            }
            if (message.channel().equals("/meta/connect") && message.isSuccessful() && session != null
                    && connects.contains(message.id())) {
                connectedSessions.add(session);
            }
        }
    }

    void shown(ConnectionStatus status) {
        if (status != DISCONNECTING) {
            disconnectingSinceNs = null;
        } else if (disconnectingSinceNs == null) {
            disconnectingSinceNs = world.nowNs();
        } else if (world.nowNs() - disconnectingSinceNs > closeNs + MOMENT_NS) {
            world.fail("DISCONNECTING does not end (C-92).");
        }
        if (status == CONNECTED && (session == null || !connectedSessions.contains(session))) {
            world.fail("CONNECTED is shown, and no connect of %s has succeeded (C-36).".formatted(session));
        }
    }
}
