package dev.bayeux.core.exchange;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends everything but handshakes and connects, one batch after the other: with the connect there are never more than two
 * requests on their way (C-48, C-50). Its thread exists only while there is something to send.
 */
public final class BatchSender {

    private record Assigned(Exchange exchange, Connection connection) {}

    private final ExchangeRunner runner;
    private final Duration replyTimeout;
    private final Worker worker;
    private final AtomicReference<@Nullable Assigned> next = new AtomicReference<>();

    BatchSender(ClientRuntime runtime, String clientName, ExchangeRunner runner, Duration replyTimeout) {
        this.runner = runner;
        this.replyTimeout = replyTimeout;
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-send", this::sendAll);
    }

    private void sendAll() {
        for (Assigned each = next.getAndSet(null); each != null; each = next.getAndSet(null)) {
            Exchange exchange = each.exchange();
            runner.run(exchange, each.connection(), exchange::messages, replyTimeout);
        }
    }

    /** Gives the sender its next batch; the one before has ended. */
    void assign(Exchange exchange, Connection connection) {
        next.set(new Assigned(exchange, connection));
        if (!worker.isCurrent()) {
            worker.wake();
        }
    }

    void abandon(Exchange exchange) {
        runner.abandon(exchange);
    }

    /** {@return its thread} */
    public Worker worker() {
        return worker;
    }
}
