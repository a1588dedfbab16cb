package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subscription whose handler receives one message at a time, on the thread {@code -sub-channel}. */
final class HandledSubscription<T> extends CoreSubscription<T> implements Worker.Task {

    private final ClientRuntime runtime;
    private final MessageHandler<T> handler;
    private final Worker worker;
    private final ReentrantLock retryLock;
    private final Condition closing;
    /** Whether a message was not handled, so that no later one may be. The worker alone uses this field. */
    private boolean halted;

    HandledSubscription(SubscriptionContext context, SubscriptionSettings settings, MessageHandler<T> handler) {
        super(context, settings);
        this.runtime = context.runtime();
        this.handler = handler;
        this.worker = new Worker(runtime,
                "bayeux-%s-sub-%s".formatted(context.clientName(), settings.channels().getFirst()),
                context.handlerExecutor());
        this.retryLock = runtime.newLock();
        this.closing = retryLock.newCondition();
    }

    @Override
    void arrived() {
        worker.wake(this);
    }

    @Override
    public void notStarted(Throwable failure) {
        report(new ClientEvent.HandlerNotStarted(channels().getFirst(), failure));
    }

    @Override
    public void work() {
        while (!halted) {
            Delivery next = queue.poll();
            if (next == null || worker.isStopped()) {
                return;
            }
            halted = !isDone(next);
            if (!halted) {
                handled(next);
            }
        }
    }

    /** Calls the handler with a message, and retries as the setting says. Returns whether the message counts as handled. */
    private boolean isDone(Delivery delivery) {
        Attempts attempts = new Attempts(runtime, settings().onHandlerFailure());
        while (true) {
            Throwable failure = attempt(delivery, attempts);
            // The interrupt status that the handler leaves set must not reach the next call.
            Thread.interrupted();
            if (failure == null) {
                return true;
            }
            if (worker.isStopped()) {
                return false;
            }
            // Any failure of the program's code is reported (C-86).
            report(new ClientEvent.HandlerFailed(this, delivery.channel(), failure, attempts.count()));
            Duration wait = attempts.waitForNext();
            if (wait == null) {
                return attempts.isSkipped() || stopAt(delivery, failure);
            }
            if (!isOpenAfter(wait)) {
                return false;
            }
        }
    }

    private @Nullable Throwable attempt(Delivery delivery, Attempts attempts) {
        Timed timed = timed(delivery);
        Throwable failure = call(delivery, attempts);
        Timed.end(timed, failure);
        return failure;
    }

    private @Nullable Throwable call(Delivery delivery, Attempts attempts) {
        attempts.begin();
        boolean bound = false;
        try {
            Message<T> message = bind(delivery);
            bound = true;
            handler.handle(message);
            return null;
        } catch (Throwable failed) {
            if (!bound) {
                attempts.endAll();
            }
            return failed;
        }
    }

    private boolean stopAt(Delivery delivery, Throwable failure) {
        stopHere();
        report(new ClientEvent.SubscriptionStopped(this, delivery.channel(), failure));
        return false;
    }

    private boolean isOpenAfter(Duration wait) {
        long untilNs = runtime.after(wait);
        retryLock.lock();
        try {
            while (!isClosed() && !worker.isStopped()) {
                long left = untilNs - runtime.nanoTime();
                if (left <= 0) {
                    return true;
                }
                awaitClosing(left);
            }
            return false;
        } finally {
            retryLock.unlock();
        }
    }

    /** Waits once: the caller looks at the time again. */
    @SuppressWarnings("WaitNotInLoop")
    private void awaitClosing(long left) {
        try {
            closing.awaitNanos(left);
        } catch (InterruptedException interrupted) {
            // The worker was stopped, or the handler left the interrupt status set.
        }
    }

    @Override
    void markClosed() {
        super.markClosed();
        retryLock.lock();
        try {
            closing.signalAll();
        } finally {
            retryLock.unlock();
        }
    }

    @Override
    void disconnected(Supplier<RuntimeException> why) {
        // A handler does not learn of a lost session.
    }

    @Override
    void connecting() {
        // A handler does not learn of a new session.
    }

    @Override
    public boolean isCurrent() {
        return worker.isCurrent();
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        // A handler that closes the subscription that calls it cannot wait for itself, and receives no more messages.
        return !isCurrent() && worker.awaitIdle(deadlineNs);
    }

    @Override
    boolean isRunning() {
        return !worker.isIdle();
    }

    @Override
    public void interrupt() {
        worker.interrupt();
    }
}
