package dev.bayeux.tests.bayeux;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one lock of a {@link ScriptedBayeux}, and the threads that wait for a change under it. */
final class Guard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Conversation conversation;

    Guard(Conversation conversation) {
        this.conversation = conversation;
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock held. */
    void changed() {
        changed.signalAll();
    }

    /** Throws an {@link AssertionError} that begins with the last words, if the limit passes first. */
    void await(BooleanSupplier condition, Duration limit, String otherwise) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("%s within %s. The last messages:%n%s".formatted(otherwise, limit,
                            String.join(System.lineSeparator(), conversation.lines())));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
