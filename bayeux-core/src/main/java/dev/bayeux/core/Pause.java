package dev.bayeux.core;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.delivery.Intake;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionState;
import java.time.Duration;

/**
 * Holds back the next connect while a queue is full, but not for so long that the server forgets the session. Guarded by
 * the session's lock.
 */
final class Pause {

    private final Intake intake;
    private final long limitNs;

    Pause(Intake intake, Duration limit) {
        this.intake = intake;
        this.limitNs = limit.toNanos();
    }

    /** How long the next handshake or connect must still wait, if nothing changes; zero or less: not at all. */
    long left(SessionAction next, long sinceNs, SessionState state, long nowNs) {
        if (!(next instanceof SessionAction.SendConnect) || !intake.isPaused() || !isSettled(state)) {
            return 0;
        }
        long leftNs = sinceNs + Math.min(limitNs, state.keptNs() / 4 * 3) - nowNs;
        if (leftNs <= 0) {
            intake.force();
        }
        return leftNs;
    }

    /** The first connect of a session, for which the program may be waiting, goes out in any case. */
    private static boolean isSettled(SessionState state) {
        return state.status() == ConnectionStatus.CONNECTED || state.status() == ConnectionStatus.UNCONNECTED;
    }
}
