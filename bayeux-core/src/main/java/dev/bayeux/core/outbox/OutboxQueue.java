package dev.bayeux.core.outbox;

import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The messages of an outbox that are not settled: neither accepted, nor abandoned, nor withdrawn. */
final class OutboxQueue {

    /** The most messages of a batch; in a larger batch, more messages would wait for one that must be retried. */
    private static final int TOGETHER = 100;

    private final ClientContext client;
    private final OutboxLimits limits;
    private final OutboxResults results;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<OutboxMessage> messages = new ArrayDeque<>();
    private int unsettled;
    private boolean closed;

    OutboxQueue(ClientContext client, OutboxLimits limits, OutboxResults results) {
        this.client = client;
        this.limits = limits;
        this.results = results;
        this.lock = client.runtime().newLock();
        this.changed = lock.newCondition();
    }

    /** Adds a message. Returns {@code null}, or the failure if there is no room. */
    @Nullable
    PublishException add(OutboxMessage message) {
        lock.lock();
        try {
            if (closed) {
                throw new ClientClosedException(
                        "The client is closed, so its outbox accepts no message. Build another client.");
            }
            int taken = unsettled + results.size();
            if (taken >= limits.maxMessages()) {
                return new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, message.channel(),
                        "Not added to the outbox for %s: %d messages are in it, or wait for their results to be reported. Publish later, or raise maxMessages."
                                .formatted(message.channel(), taken),
                        null);
            }
            purge();
            messages.addLast(message);
            unsettled++;
            return null;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return unsettled;
        } finally {
            lock.unlock();
        }
    }

    /** Removes withdrawn messages once they are most of the queue, so that the cost of a removal stays small. */
    private void purge() {
        if (messages.size() > 2 * (unsettled + TOGETHER)) {
            messages.removeIf(OutboxMessage::isSettled);
        }
    }

    /** Rejects further messages. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fails all messages, since the client was closed. */
    void giveUpAll() {
        List<OutboxMessage> remaining;
        lock.lock();
        try {
            remaining = List.copyOf(messages);
            messages.clear();
        } finally {
            lock.unlock();
        }
        remaining.forEach(message -> fail(message, message.givenUp("The client was closed.", null)));
    }

    // The end of a message

    private boolean settle(OutboxMessage message) {
        boolean first;
        lock.lock();
        try {
            first = message.settle();
            unsettled -= first ? 1 : 0;
            if (unsettled == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            message.stop();
            client.loop().accept(new Input.OutboxChanged());
        }
        return first;
    }

    /** Runs on the program's thread when the program itself completes the future. */
    void takeBack(OutboxMessage message) {
        if (settle(message)) {
            message.report(new CancellationException("Taken back."));
        }
    }

    void accept(OutboxMessage message, PublishReply reply) {
        if (settle(message)) {
            results.add(() -> {
                message.report(null);
                message.accepted().complete(reply);
            });
        }
    }

    void fail(OutboxMessage message, PublishException why) {
        if (settle(message)) {
            results.add(() -> {
                message.report(why);
                message.accepted().completeExceptionally(why);
            });
        }
    }

    // Called by the sending thread

    /** Fails the messages whose deadline has passed; returns the first of the others, {@code null} if there is nothing to do. */
    @Nullable
    OutboxMessage first() {
        List<OutboxMessage> expired = new ArrayList<>();
        OutboxMessage first;
        lock.lock();
        try {
            purge();
            long nowNs = client.runtime().nanoTime();
            while (!messages.isEmpty()
                    && (messages.getFirst().isSettled() || messages.getFirst().deadlineNs() <= nowNs)) {
                OutboxMessage gone = messages.removeFirst();
                if (!gone.isSettled()) {
                    expired.add(gone);
                }
            }
            first = closed ? null : messages.peekFirst();
        } finally {
            lock.unlock();
        }
        expired.forEach(this::failExpired);
        return first;
    }

    /** Fails a message whose deadline has passed. */
    void failExpired(OutboxMessage message) {
        fail(message, message.givenUp("Not accepted within %d ms.".formatted(
                limits.deadline().orElse(ClientRuntime.FAR).toMillis()),
                client.state().now().lastFailure().orElse(null)));
    }

    /** Returns the messages of the next batch, without those that were withdrawn or expired during the wait for a session. */
    List<OutboxMessage> together() {
        lock.lock();
        try {
            long nowNs = client.runtime().nanoTime();
            Set<String> keys = new HashSet<>();
            // Only the first message of each key: the next one leaves when that one is settled.
            return messages.stream().filter(each -> !each.isSettled() && each.deadlineNs() > nowNs)
                    .filter(each -> each.key() == null || keys.add(each.key())).limit(TOGETHER).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next batch may be sent; {@code false} if the deadline comes first, or nothing is left to send. */
    boolean awaitPause(long notBeforeNs, long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && unsettled > 0) {
                long nowNs = client.runtime().nanoTime();
                long leftNs = notBeforeNs - nowNs;
                // A thread that wakes late may find that both have ended: a message is not sent after its deadline.
                if (deadlineNs - nowNs <= 0) {
                    return false;
                }
                if (leftNs <= 0) {
                    return true;
                }
                changed.awaitNanos(Math.min(leftNs, deadlineNs - nowNs));
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}
