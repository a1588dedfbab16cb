package dev.bayeux.tests.interop;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/** Knows which sessions of a {@link CometdTestServer} there are and which hold a connect. */
final class CometdWatch implements BayeuxServer.SessionListener, ServerSession.HeartBeatListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> holding = new HashSet<>();

    void awaitSessions(int count, Duration limit) throws InterruptedException {
        await("%d sessions".formatted(count), () -> sessions.size() == count, limit);
    }

    void awaitHeldConnects(int count, Duration limit) throws InterruptedException {
        await("%d held connects".formatted(count), () -> holding.size() == count, limit);
    }

    @Override
    public void sessionAdded(ServerSession session, ServerMessage message) {
        if (!session.isLocalSession()) {
            session.addListener(this);
            change(() -> sessions.add(session.getId()));
        }
    }

    @Override
    public void sessionRemoved(ServerSession session, ServerMessage message, boolean timeout) {
        change(() -> {
            sessions.remove(session.getId());
            holding.remove(session.getId());
        });
    }

    @Override
    public void onSuspended(ServerSession session, ServerMessage message, long timeout) {
        change(() -> holding.add(session.getId()));
    }

    @Override
    public void onResumed(ServerSession session, ServerMessage message, boolean timeout) {
        change(() -> holding.remove(session.getId()));
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String what, BooleanSupplier condition, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("There were no %s within %s, but %d sessions, of which %d hold a connect."
                            .formatted(what, limit, sessions.size(), holding.size()));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
