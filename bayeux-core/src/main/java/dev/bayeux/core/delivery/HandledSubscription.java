package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.core.message.IncomingMessage;
import java.util.function.Supplier;

/** A subscriber whose messages go to a handler, one after the other, on a thread of its own. */
final class HandledSubscription<T> extends LocalSubscription<T> {

    private final MessageHandler<T> handler;
    private final Worker worker;
    private volatile boolean stopped;

    HandledSubscription(Wish wish, Subscriptions owner, Payloads payloads, MessageHandler<T> handler,
            String clientName) {
        super(wish, owner, payloads);
        this.handler = handler;
        this.worker = new Worker("bayeux-%s-sub-%s".formatted(clientName, wish.channels().getFirst()), this::handleAll);
    }

    @Override
    void arrived() {
        worker.wake();
    }

    private void handleAll() {
        for (IncomingMessage message = queue.poll(); message != null && !stopped; message = queue.poll()) {
            try {
                handler.handle(bind(message));
            } catch (Throwable failed) {
                // Whatever the program's code does, the next message is handled (C-86).
                if (!stopped) {
                    tell(new ClientEvent.HandlerFailed(this, String.valueOf(message.channel()), failed));
                }
            }
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
        return worker.awaitIdle(deadlineNs);
    }

    @Override
    void stop() {
        if (!worker.isCurrent()) {
            stopped = true;
            worker.interrupt();
        }
    }
}
