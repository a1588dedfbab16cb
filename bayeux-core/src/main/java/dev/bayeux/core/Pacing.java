package dev.bayeux.core;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionState;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the heartbeat waiting until its next handshake or connect is due; what else is due meanwhile happens here. */
final class Pacing {

    private final ClientRuntime runtime;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Supplier<SessionState> state;
    private final Consumer<SessionEvent> events;
    private final Pause pause;

    /**
     * For one client.
     *
     * @param lock the session's
     * @param changed tells that something of the session may be different
     * @param state the session's, to be asked for with the lock
     * @param events takes what happens, with the lock
     * @param pause holds connects back while a queue is full
     */
    Pacing(ClientRuntime runtime, ReentrantLock lock, Condition changed, Supplier<SessionState> state,
            Consumer<SessionEvent> events, Pause pause) {
        this.runtime = runtime;
        this.lock = lock;
        this.changed = changed;
        this.state = state;
        this.events = events;
        this.pause = pause;
    }

    /**
     * Waits for the next handshake or connect.
     *
     * @param endedNs when the last one that was sent ended
     * @return what to send, {@link SessionAction.End} when the link has ended
     */
    SessionAction next(Link beating, long endedNs) throws InterruptedException {
        lock.lock();
        try {
            while (!beating.isEnded()) {
                SessionAction assigned = beating.assigned();
                if (assigned == null) {
                    awaitTime(state.get().wakeAtNs());
                } else if (state.get().isEnding()) {
                    // It was not sent, and there is no use in it any more.
                    beating.takeAssigned();
                    events.accept(new SessionEvent.Lost(idOf(assigned),
                            new TransportException(Problem.CLOSED, "The client is disconnecting.", null)));
                } else {
                    long pauseNs = pause.left(assigned, endedNs, state.get(), runtime.nanoTime());
                    if (pauseNs <= 0) {
                        beating.takeAssigned();
                        return assigned;
                    }
                    changed.awaitNanos(pauseNs);
                }
            }
            return new SessionAction.End();
        } finally {
            lock.unlock();
        }
    }

    private static String idOf(SessionAction beat) {
        return switch (beat) {
            case SessionAction.SendHandshake handshake -> handshake.id();
            case SessionAction.SendConnect connect -> connect.id();
            default -> throw new IllegalArgumentException("Neither a handshake nor a connect: " + beat);
        };
    }

    private void awaitTime(long atNs) throws InterruptedException {
        if (atNs == Long.MAX_VALUE) {
            changed.await();
        } else if (atNs > runtime.nanoTime()) {
            changed.awaitNanos(atNs - runtime.nanoTime());
        } else {
            events.accept(new SessionEvent.TimeReached());
        }
    }
}
