package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.function.Supplier;

/** A subscriber whose messages go to a handler, one after the other, on a thread of its own. */
final class HandledSubscription<T> extends LocalSubscription<T> {

    private final MessageHandler<T> handler;
    private final Worker worker;

    HandledSubscription(ClientRuntime runtime, Wish wish, Subscriptions owner, Payloads payloads,
            MessageHandler<T> handler, String clientName) {
        super(runtime, wish, owner, payloads);
        this.handler = handler;
        this.worker = new Worker(runtime, "bayeux-%s-sub-%s".formatted(clientName, wish.channels().getFirst()),
                this::handleAll);
    }

    @Override
    void arrived() {
        worker.wake();
    }

    private void handleAll() {
        for (IncomingMessage message = queue.poll(); message != null && !worker.isStopped(); message = queue.poll()) {
            try {
                handler.handle(bind(message));
            } catch (Throwable failed) {
                // Whatever the program's code does, the next message is handled (C-86).
                if (!worker.isStopped()) {
                    tell(new ClientEvent.HandlerFailed(this, String.valueOf(message.channel()), failed));
                }
            }
            // An interrupt that it leaves behind is not meant for the next message.
            Thread.interrupted();
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
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        // Within the handler itself there is nothing to wait for, and nothing more to be handled.
        return !worker.isCurrent() && worker.awaitIdle(deadlineNs);
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
