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
 * and tries again. Runs on the thread "outbox", which exists while something is in here.
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
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private boolean closed;

    /** One message until it is settled. */
    private static final class Entry {

        private final String channel;
        private final Supplier<Request> request;
        private final long deadlineNs;
        private final CompletableFuture<@Nullable Void> accepted = new CompletableFuture<>();
        private int attempts;
        private boolean perhapsProcessed;
        private @Nullable PublishException last;

        Entry(String channel, Supplier<Request> request, long deadlineNs) {
            this.channel = channel;
            this.request = request;
            this.deadlineNs = deadlineNs;
        }

        PublishException givenUp(String why, @Nullable BayeuxException cause) {
            BayeuxException reason = cause == null ? last : cause;
            Outcome outcome = perhapsProcessed ? Outcome.UNKNOWN : last == null ? Outcome.NOT_SENT : last.outcome();
            return new PublishException(reason == null ? FailureKind.TRANSIENT : reason.kind(), outcome, channel,
                    "%s The message for %s was sent %d times%s.".formatted(why, channel, attempts,
                            perhapsProcessed ? ", and the server may have processed it" : ""),
                    reason);
        }
    }

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
    }

    // What the program does

    @Override
    public CompletableFuture<@Nullable Void> publish(String channel, @Nullable Object data) {
        Entry entry = new Entry(channel, requests.apply(channel, data), runtime.after(limits.deadline()));
        lock.lock();
        try {
            if (closed) {
                throw new ClientClosedException("The client is closed; what is in its outbox was given up.");
            }
            entries.removeIf(settled -> settled.accepted.isDone());
            if (entries.size() >= limits.maxMessages()) {
                throw new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, channel,
                        "Not taken for %s: %d messages are in the outbox and not settled (maxMessages)."
                                .formatted(channel, entries.size()),
                        null);
            }
            entries.addLast(entry);
        } finally {
            lock.unlock();
        }
        worker.wake();
        return entry.accepted;
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return (int) entries.stream().filter(entry -> !entry.accepted.isDone()).count();
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
        }
    }

    // What its thread does

    private void sendAll() {
        try {
            for (Entry first = first(); first != null; first = first()) {
                if (session.await(any -> any.isClosed() || any.shown().isConnected(), first.deadlineNs)
                        && !send(together())) {
                    awaitPause();
                }
            }
        } catch (InterruptedException closed) {
            // Only closing interrupts; it gives up what is left.
        }
    }

    /** The first that is neither settled nor too late; {@code null} if there is nothing to do. */
    private @Nullable Entry first() {
        List<Entry> late = new ArrayList<>();
        Entry first;
        lock.lock();
        try {
            entries.removeIf(entry -> entry.accepted.isDone());
            long nowNs = runtime.nanoTime();
            while (!entries.isEmpty() && entries.getFirst().deadlineNs <= nowNs) {
                late.add(entries.removeFirst());
            }
            first = closed ? null : entries.peekFirst();
        } finally {
            lock.unlock();
        }
        late.forEach(entry -> entry.accepted.completeExceptionally(entry
                .givenUp("Not accepted within %d ms.".formatted(limits.deadline().toMillis()),
                        session.shown().lastFailure().orElse(null))));
        session.outgoing().settled();
        return first;
    }

    /** What leaves together: not what was taken back while a session was waited for. */
    private List<Entry> together() {
        lock.lock();
        try {
            return entries.stream().filter(entry -> !entry.accepted.isDone()).limit(TOGETHER).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Sends some once; whether all were settled by it. */
    private boolean send(List<Entry> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return true;
        }
        List<Request> sending = batch.stream().map(entry -> entry.request.get()).toList();
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
                all &= settle(batch.get(n), sending.get(n));
            }
        } finally {
            for (int n = 0; n < sending.size(); n++) {
                batch.get(n).perhapsProcessed |= sending.get(n).isSent() && !sending.get(n).reply().isDone();
            }
        }
        return all;
    }

    private boolean settle(Entry entry, Request request) throws InterruptedException {
        entry.attempts++;
        try {
            replies.await(request);
            entry.accepted.complete(null);
        } catch (PublishException failed) {
            entry.last = failed;
            entry.perhapsProcessed |= failed.outcome() == Outcome.UNKNOWN;
            if (failed.outcome() == Outcome.REFUSED && failed.kind() != FailureKind.TRANSIENT) {
                entry.accepted.completeExceptionally(failed);
            } else if (entry.attempts >= limits.maxAttempts()) {
                entry.accepted.completeExceptionally(entry.givenUp("Not accepted.", null));
            }
        }
        return entry.accepted.isDone();
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
        List<Entry> left;
        lock.lock();
        try {
            left = List.copyOf(entries);
            entries.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(entry -> entry.accepted.completeExceptionally(entry.givenUp("The client was closed.", null)));
        session.outgoing().settled();
    }
}
