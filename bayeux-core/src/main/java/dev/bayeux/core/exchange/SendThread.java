package dev.bayeux.core.exchange;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.protocol.Exchange;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A thread that carries one exchange at a time. It exists only while it has something to send or waits for the reply. */
final class SendThread implements Worker.Task {

    /** Sends an exchange with a runner, and waits for its replies. */
    interface Sending {

        void send(Exchange exchange, Connection connection, ExchangeRunner runner);
    }

    private record Assigned(Exchange exchange, Connection connection) {}

    private final Worker worker;
    private final ExchangeRunner runner;
    private final Sending sending;
    private final AtomicReference<@Nullable Assigned> next = new AtomicReference<>();
    /** Used by the client's loop only. */
    private @Nullable Exchange last;

    SendThread(Worker worker, ExchangeRunner runner, Sending sending) {
        this.worker = worker;
        this.runner = runner;
        this.sending = sending;
    }

    @Override
    public void work() {
        for (Assigned each = next.getAndSet(null); each != null; each = next.getAndSet(null)) {
            try {
                sending.send(each.exchange(), each.connection(), runner);
            } catch (Throwable bug) {
                fail(each.exchange(), bug);
            }
        }
    }

    /** Ends the exchange. The next one leaves, whatever that throws. */
    private void fail(Exchange exchange, Throwable bug) {
        try {
            runner.fail(exchange, "The client could not send a request", bug);
        } catch (Throwable again) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, again);
        }
    }

    /** Whether its exchange has ended, so that its thread is about to take the next one. */
    boolean isFree() {
        return last == null || last.isOver();
    }

    void assign(Exchange exchange, Connection connection) {
        last = exchange;
        next.set(new Assigned(exchange, connection));
        if (!worker.isCurrent()) {
            worker.wake(this);
        }
    }

    void abandon(Exchange exchange) {
        runner.abandon(exchange);
    }

    Worker worker() {
        return worker;
    }
}
