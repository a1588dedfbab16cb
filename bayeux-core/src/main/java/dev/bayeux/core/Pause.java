package dev.bayeux.core;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.delivery.Intake;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionState;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Holds back the next connect while a queue is full, but not for so long that the server forgets the session. Guarded by
 * the session's lock.
 */
final class Pause {

    private final Intake intake;
    private final BooleanSupplier comesAgain;
    private final long limitNs;

    /**
     * For one client.
     *
     * @param intake knows of full queues
     * @param comesAgain whether a new session brings what was not received in this one
     * @param limit how long a session may be kept waiting
     */
    Pause(Intake intake, BooleanSupplier comesAgain, Duration limit) {
        this.intake = intake;
        this.comesAgain = comesAgain;
        this.limitNs = limit.toNanos();
    }

    /**
     * How long the next handshake or connect must still wait, if nothing changes; zero or less: not at all.
     *
     * @param sinceNs since when the server has nothing of us to answer: others that were to be sent meanwhile, and have
     *            waited as well, change nothing in that
     */
    long left(SessionAction next, long sinceNs, SessionState state, long nowNs) {
        if (!(next instanceof SessionAction.SendConnect) || !intake.isPaused() || !isSettled(state)) {
            return 0;
        }
        long leftNs = sinceNs + Math.min(limitNs, state.keptNs() / 4 * 3) - nowNs;
        if (leftNs <= 0 && comesAgain.getAsBoolean() && !state.isAcknowledging()) {
            // What comes now would find no room. It is better to let the server forget the session.
            return limitNs;
        }
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
