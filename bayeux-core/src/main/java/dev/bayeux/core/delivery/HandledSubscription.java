package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A subscription whose handler receives one message at a time, on the thread {@code -sub-channel}. */
final class HandledSubscription<T> extends CoreSubscription<T> implements Worker.Task {

    private final ClientRuntime runtime;
    private final MessageHandler<T> handler;
    private final Worker worker;
    /** Completes when the subscription is closed. */
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
    /** Whether a message was not handled, so that no later one may be. The worker alone uses this field. */
    private boolean halted;

    HandledSubscription(SubscriptionContext context, SubscriptionSettings settings, MessageHandler<T> handler) {
        this(context, settings, handler, new Worker(context.runtime(),
                "bayeux-%s-sub-%s".formatted(context.clientName(), settings.channels().getFirst()),
                context.handlerExecutor()));
    }

    private HandledSubscription(SubscriptionContext context, SubscriptionSettings settings, MessageHandler<T> handler,
            Worker worker) {
        super(context, settings, worker);
        this.runtime = context.runtime();
        this.handler = handler;
        this.worker = worker;
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
        while (!worker.isStopped()) {
            try {
                return !runtime.isComplete(closing, untilNs);
            } catch (InterruptedException interrupted) {
                // The worker was stopped, or the program has interrupted its thread.
            }
        }
        return false;
    }

    @Override
    void markClosed() {
        super.markClosed();
        closing.complete(null);
    }
}
