package dev.bayeux.core;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.core.delivery.Uplink;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What leaves beside the heartbeat, from the wish of the program or of its subscriptions until it is answered: the queue,
 * what is on its way, and what of that restores subscriptions. Its state is guarded by the session's lock.
 */
final class Outgoing implements Uplink {

    private final ReentrantLock lock;
    private final Condition changed;
    private final Supplier<SessionState> state;
    private final Runnable wake;
    private final SendQueue queue;
    private final PendingReplies pending;
    private final Restoration restoration;

    /**
     * With nothing in it.
     *
     * @param lock the session's
     * @param changed wakes who waits for something of the session
     * @param state the session's, to be asked for with the lock
     * @param wake makes the sender look into the queue
     */
    Outgoing(ReentrantLock lock, Condition changed, Supplier<SessionState> state, Runnable wake, SendQueue queue,
            PendingReplies pending, Restoration restoration) {
        this.lock = lock;
        this.changed = changed;
        this.state = state;
        this.wake = wake;
        this.queue = queue;
        this.pending = pending;
        this.restoration = restoration;
    }

    // What the program wants

    /**
     * Queues requests that shall leave together.
     *
     * @throws DisconnectedException if there is no session and none is being made
     * @return whether there was room
     */
    boolean submit(List<Request> requests) {
        lock.lock();
        try {
            checkWanted();
            if (!queue.hasRoomFor(requests.size())) {
                return false;
            }
            queue.add(requests);
            if (isOpen()) {
                wake.run();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a request that was not sent yet. */
    boolean withdraw(Request request) {
        return changing(() -> queue.withdraw(request));
    }

    /** Forgets a request that nobody waits for any more. */
    void forget(Request request) {
        changing(() -> {
            pending.remove(request);
            return true;
        });
    }

    /** Something that the program had asked to be sent is off its hands. */
    void settled() {
        changing(() -> true);
    }

    private boolean changing(Supplier<Boolean> change) {
        lock.lock();
        try {
            changed.signalAll();
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing that the program has published waits to be sent or to be answered. */
    boolean isSettled() {
        lock.lock();
        try {
            return !queue.hasPublishes() && !pending.hasPublishes();
        } finally {
            lock.unlock();
        }
    }

    // What the subscriptions want

    @Override
    public void checkWanted() {
        lock.lock();
        try {
            if (state.get().gate() == Gate.REFUSE) {
                throw Outcomes.disconnected(state.get().lastFailure().orElse(null));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        // While the program rests, what is for its session waits in the queue.
        return state.get().gate() == Gate.OPEN || state.get().isResting();
    }

    @Override
    public void send(Request request) {
        queue.add(List.of(request));
        wake.run();
    }

    @Override
    public void subscriptionsChanged() {
        changed.signalAll();
    }

    // What the session decides; its lock is held

    /** Sends what restores subscriptions, ahead of all else; whether there is any. */
    boolean restore(long serial, List<Request> requests) {
        restoration.begin(serial, requests);
        List<Request> ending = queue.unsubscribes();
        queue.addFirst(requests);
        // The session may be the same, and know what was closed while its connection was lost.
        ending.stream().filter(request -> requests.stream().noneMatch(asked -> asked.body().equals(request.body())))
                .forEach(request -> queue.add(List.of(request)));
        wake.run();
        return !requests.isEmpty();
    }

    /** What was sent in a session that is gone is not answered any more. */
    void failSent(BayeuxException cause) {
        restoration.giveUp();
        pending.failAll(cause);
        // What of subscriptions has not left was for that session.
        queue.addFirst(List.of());
    }

    /** What waits will not be sent. */
    void failQueued(BayeuxException cause) {
        queue.failAll(cause);
    }
}
