package dev.bayeux.tests.bayeux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All messages that were received, and those that no test has taken yet. */
final class MessageLog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<ReceivedMessage> all = new ArrayList<>();
    private final List<ReceivedMessage> untaken = new ArrayList<>();

    void add(ReceivedMessage message) {
        lock.lock();
        try {
            all.add(message);
            untaken.add(message);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedMessage> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    ReceivedMessage take(String channel, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            ReceivedMessage found = poll(channel);
            while (found == null) {
                if (left <= 0) {
                    throw new AssertionError("No message for %s has arrived within %s, but for %s.".formatted(channel,
                            limit, all.stream().map(ReceivedMessage::channel).toList()));
                }
                left = added.awaitNanos(left);
                found = poll(channel);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ReceivedMessage poll(String channel) {
        for (ReceivedMessage message : untaken) {
            if (message.channel().equals(channel)) {
                untaken.remove(message);
                return message;
            }
        }
        return null;
    }
}
