package dev.bayeux.core.exchange;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.runtime.OwnedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Sends everything but handshakes and connects: one batch after the other or, when the core assigns a batch before the
 * reply to the previous one, each on another thread. A thread exists only while it has something to send or waits for
 * the reply.
 */
public final class BatchSender implements OwnedThreads {

    private final ClientRuntime runtime;
    private final String threadName;
    private final Supplier<ExchangeRunner> runners;
    private final Duration replyTimeout;
    /** The first one is used again and again; others exist if batches have been in flight together. */
    private final List<SendThread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    BatchSender(ClientRuntime runtime, String clientName, Supplier<ExchangeRunner> runners, Duration replyTimeout) {
        this.runtime = runtime;
        this.threadName = "bayeux-" + clientName + "-send";
        this.runners = runners;
        this.replyTimeout = replyTimeout;
        threads.add(newThread());
    }

    private SendThread newThread() {
        return new SendThread(new Worker(runtime, threadName), runners.get(),
                (exchange, connection, runner) -> runner.run(exchange, connection, exchange::messages, replyTimeout));
    }

    /** Sends a batch. Those before it have ended or, over a full-duplex connection, were written. */
    void assign(Exchange exchange, Connection connection) {
        for (SendThread each : threads) {
            if (each.isFree()) {
                each.assign(exchange, connection);
                return;
            }
        }
        SendThread another = newThread();
        threads.add(another);
        another.assign(exchange, connection);
        if (stopped) {
            another.worker().interrupt();
        }
    }

    void abandon(Exchange exchange) {
        for (SendThread each : threads) {
            each.abandon(exchange);
        }
    }

    @Override
    public boolean isCurrent() {
        return threads.stream().anyMatch(each -> each.worker().isCurrent());
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        for (SendThread each : threads) {
            if (!each.worker().awaitIdle(deadlineNs)) {
                return false;
            }
        }
        return true;
    }

    /** Interrupts its threads, except the calling one, and sends no more. */
    @Override
    public void interrupt() {
        stopped = true;
        threads.forEach(each -> each.worker().interrupt());
    }
}
