package dev.bayeux.core.outbox;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.call.RequestCalls;
import dev.bayeux.core.call.RequestMaker;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the messages of an outbox batch by batch: waits for the answer to each batch, and retries what was not accepted, with
 * a backoff. Runs on the thread "outbox", which alone uses the fields.
 */
final class OutboxSender implements Worker.Task {

    private final ClientContext client;
    private final ClientRuntime runtime;
    private final RequestCalls replies;
    private final RequestMaker maker;
    private final OutboxQueue queue;
    private final OutboxLimits limits;
    private final Random random;
    /** How many batches in a row the server has not decided on as a whole: it has neither accepted nor refused each message. */
    private int failures;
    /** No batch is sent before this time. */
    private long notBeforeNs;
    private Duration retryAfter = Duration.ZERO;

    OutboxSender(ClientContext client, RequestCalls replies, RequestMaker maker, OutboxQueue queue,
            OutboxLimits limits) {
        this.client = client;
        this.runtime = client.runtime();
        this.replies = replies;
        this.maker = maker;
        this.queue = queue;
        this.limits = limits;
        this.random = new Random(runtime.seed());
        this.notBeforeNs = runtime.nanoTime();
    }

    @Override
    public void work() {
        try {
            for (OutboxMessage first = queue.first(); first != null; first = queue.first()) {
                if (queue.awaitPause(notBeforeNs, first.deadlineNs())
                        && client.loop().await(view -> view.isClosed() || view.isConnected(), first.deadlineNs())) {
                    send(queue.together());
                }
            }
        } catch (InterruptedException closed) {
            // Only close() interrupts this thread, and close() fails the remaining messages.
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
                keepInOrder(sending);
                queued = replies.queue(sending);
                batch = queued ? batch : batch.subList(0, batch.size() / 2);
            }
        } catch (BayeuxException noSession) {
            batch = List.of();
        }
        if (batch.isEmpty()) {
            // Nothing was refused: the queue is full of other messages, or the session has just ended.
            pause(backoff().increment());
            return;
        }
        Set<Request> unsent = new HashSet<>();
        int decided = 0;
        int n = 0;
        try {
            replies.awaitTogether(sending, Math.min(replies.leaveBy(), batch.getFirst().deadlineNs()));
            withdraw(sending, unsent);
            long answerByNs = replies.answerBy();
            for (; n < sending.size(); n++) {
                if (!unsent.contains(sending.get(n))) {
                    expire(batch.subList(0, n), sending.get(n), Math.min(answerByNs, batch.get(n).deadlineNs()));
                    decided += take(batch.get(n), sending.get(n), answerByNs) ? 1 : 0;
                }
            }
        } catch (InterruptedException closing) {
            withdraw(sending, unsent);
            for (; n < sending.size(); n++) {
                if (!unsent.contains(sending.get(n))) {
                    cutShort(batch.get(n), sending.get(n));
                }
            }
            throw closing;
        }
        failures = decided == batch.size() ? 0 : decided > 0 ? 1 : failures + 1;
        if (failures > 0) {
            Duration wait = backoff().delay(failures, random.nextDouble());
            pause(retryAfter.compareTo(wait) > 0 ? retryAfter : wait);
        }
    }

    /**
     * Sends nothing of a batch that leaves in several requests once one of these has failed: what it carried is retried first.
     */
    private void keepInOrder(List<Request> sending) {
        AtomicBoolean postponed = new AtomicBoolean();
        for (Request request : sending) {
            request.reply().whenComplete((reply, failure) -> {
                if (failure instanceof PublishException failed && isOfWholeRequest(failed)
                        && postponed.compareAndSet(false, true)) {
                    // Taken before anything else is sent.
                    client.loop().accept(new Input.Postpone(sending, failed));
                }
            });
        }
    }

    /** Whether the failure concerns all messages that were sent together, and none of them for good. */
    private static boolean isOfWholeRequest(PublishException failed) {
        return !(failed.getCause() instanceof RefusedException || failed.getCause() instanceof HeldBackException
                || isForGood(failed));
    }

    /** Gives up the messages that would be retried and whose deadlines pass while the sender waits for the next answer. */
    private void expire(List<OutboxMessage> answered, Request awaited, long untilNs) throws InterruptedException {
        for (OutboxMessage each : answered) {
            if (!each.isSettled() && each.deadlineNs() < untilNs
                    && !runtime.isComplete(awaited.reply(), each.deadlineNs())) {
                queue.failExpired(each);
            }
        }
    }

    /**
     * Takes back the requests that were never sent: a wait and no attempt. The last one is the first, so that none overtakes
     * another if the sending thread takes the rest meanwhile.
     */
    private void withdraw(List<Request> sending, Set<Request> unsent) {
        for (Request request : sending.reversed()) {
            if (!request.reply().isDone() && replies.withdraw(request)) {
                unsent.add(request);
            }
        }
    }

    /** Waits for the outcome of an attempt. Returns whether the server has accepted the message, or refused it for good. */
    private boolean take(OutboxMessage message, Request request, long answerByNs) throws InterruptedException {
        try {
            IncomingMessage reply = message.deadlineNs() < answerByNs
                    ? replies.awaitSent(request, message.deadlineNs(), deadline(), "the outbox's deadline")
                    : replies.awaitSent(request, answerByNs);
            queue.accept(message, maker.accepted(request, reply));
            return true;
        } catch (PublishException failed) {
            message.failed(failed);
            if (isForGood(failed)) {
                queue.fail(message, message.refused(failed));
                return true;
            }
            // Also if this message is given up: the server has asked for time.
            heed(failed);
            if (message.attempts() >= limits.maxAttempts().orElse(Integer.MAX_VALUE)) {
                queue.fail(message, message.givenUp("Not accepted.", null));
            } else if (message.deadlineNs() - runtime.nanoTime() <= 0) {
                // At once: the wait for the others of its batch may be long.
                queue.failExpired(message);
            }
            return false;
        }
    }

    /** Records the outcome of an attempt that the end of the client has cut short. */
    private void cutShort(OutboxMessage message, Request request) throws InterruptedException {
        if (request.reply().isDone()) {
            take(message, request, runtime.nanoTime());
        } else {
            message.failed(new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, message.channel(),
                    "The client was closed before the server answered on %s. The message was sent; the server may have processed it."
                            .formatted(message.channel()),
                    null));
        }
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

    /** Sets the pause before the next batch: at most as long as the deadline of a message. */
    private void pause(Duration wait) {
        Duration longest = limits.deadline().orElse(client.config().longestServerWait());
        notBeforeNs = runtime.after(wait.compareTo(longest) < 0 ? wait : longest);
    }

    private Backoff backoff() {
        return client.config().backoff();
    }

    private Duration deadline() {
        return limits.deadline().orElse(ClientRuntime.FAR);
    }
}
