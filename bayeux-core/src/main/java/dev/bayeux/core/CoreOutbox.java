package dev.bayeux.core;

import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what shall be published through outages, and sends it batch by batch, like a program that waits for each answer
 * and tries again. Runs on the thread "outbox", which exists while something is in here; {@link OutboxResults} tells what
 * became of each.
 */
final class CoreOutbox implements Outbox {

    /** So many travel together; more of them would only make more of them wait for one that must be sent again. */
    private static final int TOGETHER = 100;

    private final Session session;
    private final Replies replies;
    private final OutboxLimits limits;
    private final Duration pause;
    private final BiFunction<String, @Nullable Object, Supplier<Request>> requests;
    private final ClientRuntime runtime;
    private final Worker worker;
    private final ReentrantLock lock;
    private final Condition closing;
    private final ArrayDeque<OutboxMessage> messages = new ArrayDeque<>();
    private final OutboxResults results;
    private boolean closed;

    /**
     * Empty.
     *
     * @param requests makes what makes a request of a message, and refuses what cannot be sent
     */
    CoreOutbox(Session session, Replies replies, OutboxLimits limits,
            BiFunction<String, @Nullable Object, Supplier<Request>> requests) {
        this.session = session;
        this.replies = replies;
        this.limits = limits;
        this.pause = session.config().backoff().increment();
        this.requests = requests;
        this.runtime = session.runtime();
        this.lock = runtime.newLock();
        this.closing = lock.newCondition();
        this.worker = new Worker(runtime, "bayeux-" + session.clientName() + "-outbox", this::sendAll);
        this.results = new OutboxResults(runtime, session.clientName());
    }

    // What the program does

    @Override
    public CompletableFuture<@Nullable Void> publish(String channel, @Nullable Object data) {
        OutboxMessage message = new OutboxMessage(channel, requests.apply(channel, data),
                runtime.after(limits.deadline()), this::settle);
        lock.lock();
        try {
            if (closed) {
                throw new ClientClosedException("The client is closed; what is in its outbox was given up.");
            }
            messages.removeIf(OutboxMessage::isSettled);
            int taken = messages.size() + results.size();
            if (taken >= limits.maxMessages()) {
                throw new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, channel,
                        "Not taken for %s: %d messages are in the outbox, or their results wait to be told (maxMessages)."
                                .formatted(channel, taken),
                        null);
            }
            messages.addLast(message);
        } finally {
            lock.unlock();
        }
        worker.wake();
        return message.accepted();
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return (int) messages.stream().filter(each -> !each.isSettled()).count();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and gives up what is left. */
    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        worker.interrupt();
    }

    /** Waits for its thread, and gives up what that has left. */
    void awaitEnd(long deadlineNs) throws InterruptedException {
        try {
            worker.awaitIdle(deadlineNs);
        } finally {
            giveUpAll();
            results.close(deadlineNs);
        }
    }

    /** Whether the calling thread is the one that tells its results. */
    boolean isCurrent() {
        return results.isCurrent();
    }

    // What becomes of a message

    /** Nothing is left to do for it; whether that is news. */
    private boolean settle(OutboxMessage message) {
        boolean news;
        lock.lock();
        try {
            news = !message.isSettled();
            message.settle();
        } finally {
            lock.unlock();
        }
        if (news) {
            session.outgoing().settled();
        }
        return news;
    }

    private void accept(OutboxMessage message) {
        if (settle(message)) {
            results.tell(() -> message.accepted().complete(null));
        }
    }

    private void fail(OutboxMessage message, PublishException why) {
        if (settle(message)) {
            results.tell(() -> message.accepted().completeExceptionally(why));
        }
    }

    // What its thread does

    private void sendAll() {
        try {
            for (OutboxMessage first = first(); first != null; first = first()) {
                if (session.await(any -> any.isClosed() || any.shown().isConnected(), first.deadlineNs())
                        && !send(together())) {
                    awaitPause();
                }
            }
        } catch (InterruptedException closed) {
            // Only closing interrupts; it gives up what is left.
        }
    }

    /** The first that is neither settled nor too late; {@code null} if there is nothing to do. */
    private @Nullable OutboxMessage first() {
        List<OutboxMessage> late = new ArrayList<>();
        OutboxMessage first;
        lock.lock();
        try {
            messages.removeIf(OutboxMessage::isSettled);
            long nowNs = runtime.nanoTime();
            while (!messages.isEmpty() && messages.getFirst().deadlineNs() <= nowNs) {
                late.add(messages.removeFirst());
            }
            first = closed ? null : messages.peekFirst();
        } finally {
            lock.unlock();
        }
        late.forEach(message -> fail(message, message.givenUp("Not accepted within %d ms.".formatted(
                limits.deadline().toMillis()), session.shown().lastFailure().orElse(null))));
        return first;
    }

    /** What leaves together: not what was taken back while a session was waited for. */
    private List<OutboxMessage> together() {
        lock.lock();
        try {
            return messages.stream().filter(each -> !each.isSettled()).limit(TOGETHER).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Sends some once; whether all were settled by it. */
    private boolean send(List<OutboxMessage> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return true;
        }
        List<Request> sending = batch.stream().map(OutboxMessage::newRequest).toList();
        try {
            if (!session.outgoing().submit(sending)) {
                return false;
            }
        } catch (BayeuxException noSession) {
            return false;
        }
        boolean all = true;
        try {
            for (int n = 0; n < sending.size(); n++) {
                all &= isSettled(batch.get(n), sending.get(n));
            }
        } finally {
            for (int n = 0; n < sending.size(); n++) {
                batch.get(n).left(sending.get(n));
            }
        }
        return all;
    }

    /** Waits for what became of an attempt; whether it was the last. */
    private boolean isSettled(OutboxMessage message, Request request) throws InterruptedException {
        message.attempted();
        try {
            replies.await(request);
            accept(message);
        } catch (PublishException failed) {
            message.failed(failed);
            if (failed.outcome() == Outcome.REFUSED && failed.kind() != FailureKind.TRANSIENT) {
                fail(message, failed);
            } else if (message.attempts() >= limits.maxAttempts()) {
                fail(message, message.givenUp("Not accepted.", null));
            }
        }
        return message.isSettled();
    }

    /** A server that is there and does not accept is not asked again at once. */
    private void awaitPause() throws InterruptedException {
        long untilNs = runtime.after(pause);
        lock.lockInterruptibly();
        try {
            long leftNs = untilNs - runtime.nanoTime();
            while (!closed && leftNs > 0) {
                leftNs = closing.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUpAll() {
        List<OutboxMessage> left;
        lock.lock();
        try {
            left = List.copyOf(messages);
            messages.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(message -> fail(message, message.givenUp("The client was closed.", null)));
    }
}
