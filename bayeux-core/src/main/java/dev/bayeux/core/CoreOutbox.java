package dev.bayeux.core;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of a program through outages and sends them batch by batch: waits for the answer to each batch, and
 * retries what was not accepted, with a backoff. Sends on the thread "outbox", which exists while messages are in here;
 * {@link OutboxResults} completes the futures.
 */
final class CoreOutbox implements Outbox {

    /** The most messages of a batch; in a larger batch, more messages would wait for one that must be retried. */
    private static final int TOGETHER = 100;

    private final ClientParts client;
    private final RequestCalls replies;
    private final OutboxLimits limits;
    private final int maxAttempts;
    /** Of a message; without one it is so far away that it does not come. */
    private final Duration deadline;
    private final Backoff backoff;
    private final BiFunction<String, @Nullable Object, Supplier<Request>> requests;
    private final BiFunction<Request, @Nullable IncomingMessage, PublishReply> accepted;
    private final ClientRuntime runtime;
    private final Worker worker;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<OutboxMessage> messages = new ArrayDeque<>();
    private final OutboxResults results;
    private int unsettled;
    private boolean closed;
    /** How many batches in a row were not accepted; only the thread "outbox" uses this and the two fields below. */
    private int failures;
    /** No batch is sent before this time. */
    private long notBeforeNs;
    private Duration retryAfter = Duration.ZERO;
    private final Random random;

    /**
     * Empty.
     *
     * @param requests makes what makes a request of a message, and refuses what cannot be sent
     * @param accepted makes what the program sees of a reply
     */
    CoreOutbox(ClientParts client, RequestCalls replies, OutboxLimits limits,
            BiFunction<String, @Nullable Object, Supplier<Request>> requests,
            BiFunction<Request, @Nullable IncomingMessage, PublishReply> accepted) {
        this.accepted = accepted;
        this.client = client;
        this.replies = replies;
        this.limits = limits;
        this.maxAttempts = limits.maxAttempts().orElse(Integer.MAX_VALUE);
        this.deadline = limits.deadline().orElse(ClientRuntime.FAR);
        this.backoff = client.config().backoff();
        this.random = new Random(client.runtime().seed());
        this.requests = requests;
        this.runtime = client.runtime();
        this.lock = runtime.newLock();
        this.changed = lock.newCondition();
        this.notBeforeNs = runtime.nanoTime();
        this.worker = new Worker(runtime, "bayeux-" + client.name() + "-outbox", this::sendAll);
        this.results = new OutboxResults(runtime, client.name());
    }

    // What the program does

    @Override
    public CompletableFuture<PublishReply> publish(String channel, @Nullable Object data) {
        return add(null, channel, data);
    }

    @Override
    public CompletableFuture<PublishReply> publishInOrder(String key, String channel, @Nullable Object data) {
        return add(Objects.requireNonNull(key, "key"), channel, data);
    }

    private CompletableFuture<PublishReply> add(@Nullable String key, String channel, @Nullable Object data) {
        Supplier<Request> request = requests.apply(channel, data);
        OutboxMessage message = new OutboxMessage(key, channel, request, runtime.after(deadline),
                client.observer().publish(channel), this::takeBack);
        PublishException full = null;
        lock.lock();
        try {
            if (closed) {
                throw new ClientClosedException(
                        "The client is closed, so its outbox accepts no message. Build another client.");
            }
            int taken = unsettled + results.size();
            if (taken >= limits.maxMessages()) {
                full = new PublishException(FailureKind.TRANSIENT, Outcome.NOT_SENT, channel,
                        "Not added to the outbox for %s: %d messages are in it, or wait for their results to be reported. Publish later, or raise maxMessages."
                                .formatted(channel, taken),
                        null);
            } else {
                purge();
                messages.addLast(message);
                unsettled++;
            }
        } finally {
            lock.unlock();
        }
        if (full != null) {
            message.tell(full);
            throw full;
        }
        worker.wake();
        return message.accepted();
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return unsettled;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more messages and gives up those that are left, also on an interrupted thread: every future completes.
     * Waits for the thread "outbox", which waits for nothing once it is interrupted and runs no code of the program.
     */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        worker.interrupt();
        boolean interrupted = false;
        boolean idle = false;
        while (!idle) {
            try {
                idle = worker.awaitIdle(runtime.after(ClientRuntime.FAR));
            } catch (InterruptedException unwanted) {
                interrupted = true;
            }
        }
        giveUpAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the program has been told of all results; interrupts its code at the deadline. */
    void awaitEnd(long deadlineNs) throws InterruptedException {
        results.close(deadlineNs);
    }

    /** Interrupts the program's code that waits in a result. */
    void abort() {
        results.interrupt();
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
            news = message.settle();
            unsettled -= news ? 1 : 0;
            if (unsettled == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (news) {
            message.stop();
            client.loop().accept(new Input.Settled());
        }
        return news;
    }

    /** The program itself completes its future, on its own thread. */
    private void takeBack(OutboxMessage message) {
        if (settle(message)) {
            message.tell(new CancellationException("Taken back."));
        }
    }

    /** What the program has taken back stays until it would be most of what is in here, so that this costs little. */
    private void purge() {
        if (messages.size() > 2 * (unsettled + TOGETHER)) {
            messages.removeIf(OutboxMessage::isSettled);
        }
    }

    private void accept(OutboxMessage message, PublishReply reply) {
        if (settle(message)) {
            results.tell(() -> {
                message.tell(null);
                message.accepted().complete(reply);
            });
        }
    }

    private void fail(OutboxMessage message, PublishException why) {
        if (settle(message)) {
            results.tell(() -> {
                message.tell(why);
                message.accepted().completeExceptionally(why);
            });
        }
    }

    // What its thread does

    private void sendAll() {
        try {
            for (OutboxMessage first = first(); first != null; first = first()) {
                if (awaitPause(first.deadlineNs())
                        && client.loop().await(view -> view.isClosed() || view.isConnected(), first.deadlineNs())) {
                    send(together());
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
            purge();
            long nowNs = runtime.nanoTime();
            while (!messages.isEmpty()
                    && (messages.getFirst().isSettled() || messages.getFirst().deadlineNs() <= nowNs)) {
                OutboxMessage gone = messages.removeFirst();
                if (!gone.isSettled()) {
                    late.add(gone);
                }
            }
            first = closed ? null : messages.peekFirst();
        } finally {
            lock.unlock();
        }
        late.forEach(message -> fail(message, message.givenUp("Not accepted within %d ms.".formatted(
                deadline.toMillis()), client.state().now().lastFailure().orElse(null))));
        return first;
    }

    /** The messages of the next batch, without those that were taken back or became too late during the wait for a session. */
    private List<OutboxMessage> together() {
        lock.lock();
        try {
            long nowNs = runtime.nanoTime();
            Set<String> keys = new HashSet<>();
            // Of each key the first alone: the next one leaves when that one is settled.
            return messages.stream().filter(each -> !each.isSettled() && each.deadlineNs() > nowNs)
                    .filter(each -> each.key() == null || keys.add(each.key())).limit(TOGETHER).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a batch once, and sets the pause that follows. */
    private void send(List<OutboxMessage> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        retryAfter = Duration.ZERO;
        List<OutboxMessage> batch = all;
        List<Request> sending = List.of();
        try {
            // A queue that has no room for all may have room for some.
            for (boolean queued = false; !queued && !batch.isEmpty();) {
                sending = batch.stream().map(OutboxMessage::newRequest).toList();
                queued = replies.queue(sending);
                batch = queued ? batch : batch.subList(0, batch.size() / 2);
            }
        } catch (BayeuxException noSession) {
            batch = List.of();
        }
        if (batch.isEmpty()) {
            // Nothing was refused: the queue is full of other messages, or the session has just ended.
            pause(backoff.increment());
            return;
        }
        int settled = 0;
        int n = 0;
        try {
            replies.awaitTogether(sending, Math.min(replies.leaveBy(), batch.getFirst().deadlineNs()));
            long answerByNs = replies.answerBy();
            for (; n < sending.size(); n++) {
                settled += isSettled(batch.get(n), sending.get(n), answerByNs) ? 1 : 0;
            }
        } catch (InterruptedException closing) {
            for (; n < sending.size(); n++) {
                isSettled(batch.get(n), sending.get(n), runtime.nanoTime());
            }
            throw closing;
        }
        boolean settledNow = settled == batch.size();
        failures = settledNow ? 0 : settled > 0 ? 1 : failures + 1;
        if (failures > 0) {
            Duration wait = backoff.delay(failures, random.nextDouble());
            pause(retryAfter.compareTo(wait) > 0 ? retryAfter : wait);
        }
    }

    /** Waits for what became of an attempt, if it was one; whether it was the last. */
    private boolean isSettled(OutboxMessage message, Request request, long answerByNs) throws InterruptedException {
        if (!request.reply().isDone() && replies.withdraw(request)) {
            // Its turn did not come: that was a wait, and no attempt.
            return message.isSettled();
        }
        try {
            IncomingMessage reply = message.deadlineNs() < answerByNs
                    ? replies.awaitSent(request, message.deadlineNs(), deadline, "the outbox's deadline")
                    : replies.awaitSent(request, answerByNs);
            accept(message, accepted.apply(request, reply));
        } catch (PublishException failed) {
            message.failed(failed);
            if (isForGood(failed)) {
                fail(message, failed);
            } else if (message.attempts() >= maxAttempts) {
                fail(message, message.givenUp("Not accepted.", null));
            } else {
                heed(failed);
            }
        }
        return message.isSettled();
    }

    /**
     * Whether no later attempt can succeed: the Bayeux server refused this message, or the message alone is longer than
     * the transport or the server accepts. Other answers, such as the HTTP status of a load balancer, say nothing about
     * the message.
     */
    private static boolean isForGood(PublishException failed) {
        return switch (failed.getCause()) {
            case RefusedException refused -> refused.kind() != FailureKind.TRANSIENT;
            // Batches of several messages were split before, down to this one.
            case TransportException carried -> carried.messageTooLong();
            case null, default -> false;
        };
    }

    /** Remembers the longest wait that the server asked for. */
    private void heed(PublishException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException carried) {
                Duration asked = carried.retryAfter().orElse(Duration.ZERO);
                retryAfter = asked.compareTo(retryAfter) > 0 ? asked : retryAfter;
            }
        }
    }

    /** Sends nothing for a while: no longer than the deadline, so that each server is asked once within it. */
    private void pause(Duration wait) {
        Duration longest = limits.deadline().orElse(client.config().longestServerWait());
        notBeforeNs = runtime.after(wait.compareTo(longest) < 0 ? wait : longest);
    }

    /** Waits until the next batch may be sent; {@code false} if the deadline comes first, or nothing is left to send. */
    private boolean awaitPause(long deadlineNs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && unsettled > 0) {
                long nowNs = runtime.nanoTime();
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

    /** {@return how closing the client waits for its threads} */
    ClientThreads.Owned threads() {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                return CoreOutbox.this.isCurrent();
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                CoreOutbox.this.awaitEnd(deadlineNs);
                return true;
            }

            @Override
            public void interrupt() {
                abort();
            }
        };
    }
}
