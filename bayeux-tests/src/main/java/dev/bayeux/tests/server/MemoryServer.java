package dev.bayeux.tests.server;

import dev.bayeux.http.HttpExchanger;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Plays a server without a network: clients reach it only through {@link #newExchanger()}. Its answers affect bytes and
 * connections as over HTTP.
 */
public final class MemoryServer extends ScriptedPeer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<MemoryExchanger> connected = new HashSet<>();
    private final AtomicInteger connections = new AtomicInteger();
    /** How many requests have a thread, which may still hold an abandoned request. */
    private int serving;
    private boolean down;

    /** Starts a server. */
    public MemoryServer() {
    }

    /**
     * {@return a client of this server: a separate connection}
     */
    public HttpExchanger newExchanger() {
        return new MemoryExchanger(this);
    }

    @Override
    public URI uri() {
        return URI.create("http://memory.test/bayeux");
    }

    @Override
    public int connectionCount() {
        return connections.get();
    }

    @Override
    public void awaitNoConnections(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!connected.isEmpty() || serving > 0) {
                if (left <= 0) {
                    throw new AssertionError("%d clients are still connected, and %d requests served, after %s."
                            .formatted(connected.size(), serving, limit));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void goDown() {
        Set<MemoryExchanger> lost;
        lock.lock();
        try {
            down = true;
            lost = Set.copyOf(connected);
        } finally {
            lock.unlock();
        }
        lost.forEach(MemoryExchanger::lose);
    }

    @Override
    public void comeBack() {
        lock.lock();
        try {
            down = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        goDown();
    }

    /** The number of the client's connection; 0 if the server is down. */
    int connect(MemoryExchanger client) {
        lock.lock();
        try {
            if (down) {
                return 0;
            }
            connected.add(client);
            return client.numbered(connections::incrementAndGet);
        } finally {
            lock.unlock();
        }
    }

    /** Serves a request on a thread of the server. */
    void serve(int number, Runnable request) {
        changeServing(1);
        Thread.ofVirtual().name("test-server-memory-%d".formatted(number)).start(() -> {
            try {
                request.run();
            } finally {
                changeServing(-1);
            }
        });
    }

    private void changeServing(int by) {
        lock.lock();
        try {
            serving += by;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void disconnect(MemoryExchanger client) {
        lock.lock();
        try {
            connected.remove(client);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
