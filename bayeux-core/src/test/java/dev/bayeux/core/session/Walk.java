package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.session.SessionAction.End;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.RenewConnections;
import dev.bayeux.core.session.SessionAction.Restore;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendDisconnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;
import org.jspecify.annotations.Nullable;

/** Takes a client from event to event and checks after each what must hold whatever happens. */
final class Walk {

    private final SessionMachine machine;
    private final SendLog sends;
    private SessionState state;
    private long nowNs = 1_000_000_000L;
    private boolean wanted;
    private boolean restorationEnded;
    private boolean restored;
    private boolean proven;
    private long restoring = -1;
    private @Nullable String lastSent;

    Walk(SessionSettings settings, long seed) {
        machine = new SessionMachine(settings);
        sends = new SendLog(settings);
        state = SessionState.initial(seed, nowNs);
    }

    SessionMachine machine() {
        return machine;
    }

    SessionState state() {
        return state;
    }

    long nowNs() {
        return nowNs;
    }

    void after(long waitNs) {
        nowNs += waitNs;
    }

    Transition step(SessionEvent event) {
        SessionState before = state;
        boolean opening = event instanceof ConnectWanted && before.isOver();
        if (opening) {
            wanted = true;
            sends.opened(nowNs);
        }
        sends.happened(event, nowNs);
        notice(event, before);
        Transition transition = machine.step(before, event, nowNs);
        state = transition.state();
        for (SessionAction action : transition.actions()) {
            check(action, event, before, transition);
        }
        checkPlace(before, transition);
        return transition;
    }

    /** What the events prove, as far as they are meant for the request that is outstanding. */
    private void notice(SessionEvent event, SessionState before) {
        if (event instanceof Restored(var serial) && serial == restoring) {
            restorationEnded = true;
            restored = true;
        }
        restorationEnded |= event instanceof RestoringFailed(var serial, var failure) && serial == restoring;
        proven |= event instanceof ConnectAnswered answer && answer.reply().isSuccessful() && ends(event, before);
    }

    private static boolean ends(SessionEvent event, SessionState before) {
        String id = switch (event) {
            case HandshakeAnswered answer -> answer.reply().id();
            case ConnectAnswered answer -> answer.reply().id();
            case Lost lost -> lost.id();
            default -> null;
        };
        return id != null && id.equals(before.outstanding());
    }

    private void check(SessionAction action, SessionEvent event, SessionState before, Transition transition) {
        sends.sent(action, nowNs);
        switch (action) {
            case SendHandshake handshake -> {
                checkFree(event, before, transition);
                restorationEnded = false;
                restored = false;
                proven = false;
                restoring = -1;
                sent(handshake.id());
            }
            case Restore restore -> {
                assertTrue(wanted, "restores only while a session is wanted");
                restoring = restore.serial();
            }
            case SendConnect connect -> {
                checkFree(event, before, transition);
                assertTrue(restorationEnded, "a connect follows the restoration");
                assertEquals(state.clientId().orElse(""), connect.clientId());
                assertNotEquals("", connect.clientId());
                sent(connect.id());
            }
            case SendDisconnect disconnect -> {
                assertTrue(wanted, "disconnects once");
                wanted = false;
            }
            case End end -> wanted = false;
            default -> {
                // The others send nothing.
            }
        }
    }

    private void checkFree(SessionEvent event, SessionState before, Transition transition) {
        assertTrue(wanted, "sends only while a session is wanted");
        boolean abandoned = transition.actions().stream()
                .anyMatch(done -> done instanceof FailSent || done instanceof RenewConnections);
        assertTrue(before.outstanding() == null || ends(event, before) || abandoned,
                () -> before.outstanding() + " is still outstanding");
    }

    private void sent(String id) {
        assertNotEquals(lastSent, id);
        assertEquals(id, state.outstanding(), "what was sent last is awaited");
        lastSent = id;
    }

    private void checkPlace(SessionState before, Transition transition) {
        if (before.isOver() && !wanted) {
            assertEquals(0, transition.actions().size(), "nothing happens after the end");
        }
        wanted &= state.status() != ConnectionStatus.DISCONNECTED;
        assertTrue(state.outstanding() == null || state.outstanding().equals(lastSent), "awaits what was sent last");
        if (state.status() == ConnectionStatus.CONNECTED) {
            assertTrue(proven && restored, "connected means proven and restored");
        }
        long wakeAtNs = state.wakeAtNs();
        boolean timed = wakeAtNs != Long.MAX_VALUE;
        assertTrue(timed || state.isOver() || state.outstanding() != null || restoring == state.serial()
                || state.status() == ConnectionStatus.SUSPENDED,
                "waits for something");
        if (timed) {
            Transition woken = machine.step(state, new TimeReached(), Math.max(nowNs, wakeAtNs));
            assertFalse(state.equals(woken.state()), "time brings it on: no busy loop");
        }
    }

    /** Runs and names the seed if anything does not hold. */
    static void checked(long seed, Executable walk) {
        try {
            walk.execute();
        } catch (Throwable failed) {
            throw new AssertionError("With seed " + seed + ": " + Objects.toString(failed.getMessage()), failed);
        }
    }
}
