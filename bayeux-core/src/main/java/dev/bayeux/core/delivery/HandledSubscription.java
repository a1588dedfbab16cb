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

/** A subscriber whose messages go to a handler, one after the other, on a thread of its own. */
final class HandledSubscription<T> extends LocalSubscription<T> {

    private final ClientRuntime runtime;
    private final MessageHandler<T> handler;
    private final Worker worker;
    private final ReentrantLock retryLock;
    private final Condition closing;
    /** In front of a message that was not handled: nothing behind it may be. For the worker only. */
    private boolean halted;

    HandledSubscription(SubscriptionParts parts, Wish wish, MessageHandler<T> handler) {
        super(parts, wish);
        this.runtime = parts.runtime();
        this.handler = handler;
        this.worker = new Worker(runtime,
                "bayeux-%s-sub-%s".formatted(parts.clientName(), wish.channels().getFirst()), this::handleAll,
                runtime.handlerExecutor(),
                failure -> tell(new ClientEvent.HandlerNotStarted(wish.channels().getFirst(), failure)));
        this.retryLock = runtime.newLock();
        this.closing = retryLock.newCondition();
    }

    @Override
    void arrived() {
        worker.wake();
    }

    private void handleAll() {
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

    /** Gives a message to the handler as often as it takes; whether it counts as handled. */
    private boolean isDone(Delivery delivery) {
        Attempts attempts = new Attempts(runtime, wish().onHandlerFailure());
        while (true) {
            Throwable failure = attempt(delivery, attempts);
            // An interrupt that it leaves behind is not meant for what comes next.
            Thread.interrupted();
            if (failure == null) {
                return true;
            }
            if (worker.isStopped()) {
                return false;
            }
            // Whatever the program's code does is told (C-86).
            tell(new ClientEvent.HandlerFailed(this, delivery.channel(), failure, attempts.count()));
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
        tell(new ClientEvent.SubscriptionStopped(this, delivery.channel(), failure));
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
            // Either the worker is stopped, or it was not meant for us.
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
        // Handlers are just not called.
    }

    @Override
    void connecting() {
        // Nor told of this.
    }

    @Override
    boolean isCurrent() {
        return worker.isCurrent();
    }

    @Override
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        // Within the handler itself there is nothing to wait for, and nothing more to be handled.
        return !isCurrent() && worker.awaitIdle(deadlineNs);
    }

    @Override
    boolean isRunning() {
        return !worker.isIdle();
    }

    @Override
    void stop() {
        worker.interrupt();
    }
}
