package dev.bayeux.tests.bayeux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All messages that were received, and those that no test has taken yet. */
final class MessageLog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<ReceivedMessage> all = new ArrayList<>();
    private final List<ReceivedMessage> untaken = new ArrayList<>();
    /** Those that were not accepted; by identity, as a client may send the same again. */
    private final Set<ReceivedMessage> refused = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(ReceivedMessage message, boolean accepted) {
        lock.lock();
        try {
            all.add(message);
            if (!accepted) {
                refused.add(message);
            }
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
        return take(channel, limit, message -> true);
    }

    /** Passes over those that were refused. */
    ReceivedMessage takeAccepted(String channel, Duration limit) throws InterruptedException {
        return take(channel, limit, message -> !refused.contains(message));
    }

    private ReceivedMessage take(String channel, Duration limit, Predicate<ReceivedMessage> wanted)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            ReceivedMessage found = poll(channel, wanted);
            while (found == null) {
                if (left <= 0) {
                    throw new AssertionError("No message for %s has arrived within %s, but for %s.".formatted(channel,
                            limit, all.stream().map(ReceivedMessage::channel).toList()));
                }
                left = added.awaitNanos(left);
                found = poll(channel, wanted);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ReceivedMessage poll(String channel, Predicate<ReceivedMessage> wanted) {
        for (ReceivedMessage message : untaken) {
            if (message.channel().equals(channel) && wanted.test(message)) {
                untaken.remove(message);
                return message;
            }
        }
        return null;
    }
}
