package dev.bayeux.kafka.task;

import dev.bayeux.api.Message;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that wait for the next poll. While there is no room, the handlers of subscriptions wait. Then the queues
 * of the subscriptions fill, and the client stops asking the server.
 */
final class IncomingMessages {

    /** A message, and the channel or pattern of its subscription. */
    record Incoming(SourceChannel channel, Message<JsonValue> message) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrived = lock.newCondition();
    private final Queue<Incoming> waiting = new ArrayDeque<>();
    private final int most;
    private boolean closed;

    IncomingMessages(int most) {
        this.most = most;
    }

    /** Waits for room and adds a message. Drops the message after {@link #close}. */
    void put(SourceChannel channel, Message<JsonValue> message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() >= most && !closed) {
                room.await();
            }
            if (!closed) {
                waiting.add(new Incoming(channel, message));
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes all waiting messages; if there are none, waits for the first one up to a limit. */
    List<Incoming> take(long limitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limitNanos;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<Incoming> taken = new ArrayList<>(waiting);
            waiting.clear();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits, and makes {@link #put} drop messages. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
