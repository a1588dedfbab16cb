package dev.bayeux.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientEvent.AttemptFailed;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.ProtocolSettings;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever sending throws, the exchange ends and the next one leaves. */
@Timeout(60)
class SendThreadTest {

    private final ClientRuntime runtime = ClientRuntime.jvm();
    private final ClientLoop loop = new ClientLoop(runtime, new ProtocolCore(
            new ProtocolSettings(new SessionSettings(List.of("long-polling"),
                    List.of(Endpoint.of(URI.create("http://a.example/bayeux"))), Duration.ofSeconds(10),
                    Backoff.of(Duration.ofMillis(1), Duration.ofMillis(1)), OnServerDisconnect.STOP, false, true),
                    Duration.ofSeconds(10), 1000, 32_768),
            new ReplayExtension(Json.find(), false), 1, runtime.nanoTime()), "test");
    private final LinkedBlockingQueue<Exchange> sent = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<AttemptFailed> failed = new LinkedBlockingQueue<>();
    private final Worker worker = new Worker(runtime, "test-send");

    private SendThread thread(SendThread.Sending sending) {
        // Of the runner only the loop is used.
        return new SendThread(worker, new ExchangeRunner(loop, null, null, null, runtime.newLock()), sending);
    }

    @Test
    void anErrorInSendingIsAFailedAttempt() throws InterruptedException {
        AssertionError bug = new AssertionError("bug");
        SendThread thread = thread((exchange, connection, runner) -> {
            sent.add(exchange);
            if (sent.size() == 1) {
                throw bug;
            }
        });
        loop.perform(effect -> {
            if (effect instanceof Effect.Send(var handshake)) {
                thread.assign(handshake, null);
            } else if (effect instanceof Effect.Report(var event) && event instanceof AttemptFailed failure) {
                failed.add(failure);
            }
        });
        loop.accept(new Input.Connect());

        AttemptFailed attempt = failed.take();
        assertSame(bug, attempt.cause().getCause());
        assertEquals("The client could not send a request: java.lang.AssertionError: bug",
                attempt.cause().getMessage());
        while (sent.size() < 2) {
            assertTrue(worker.awaitIdle(runtime.after(Duration.ofSeconds(1))) || sent.size() < 2);
        }
        loop.accept(new Input.Abort());
    }

    @Test
    void theNextExchangeLeavesEvenIfNothingCanBeReported() throws InterruptedException {
        LinkedBlockingQueue<Exchange> assigned = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        SendThread[] thread = new SendThread[1];
        thread[0] = thread((exchange, connection, runner) -> {
            sent.add(exchange);
            if (sent.size() == 1) {
                Thread.currentThread().setUncaughtExceptionHandler((any, thrown) -> uncaught.add(thrown));
                // As the core assigns the next exchange on this thread.
                thread[0].assign(exchange, null);
                throw new AssertionError("bug");
            }
        });
        AssertionError again = new AssertionError("again");
        loop.perform(effect -> {
            if (effect instanceof Effect.Send(var handshake)) {
                assigned.add(handshake);
            } else if (effect instanceof Effect.Report) {
                throw again;
            }
        });
        loop.accept(new Input.Connect());
        thread[0].assign(assigned.take(), null);

        assertSame(again, uncaught.poll(20, TimeUnit.SECONDS));
        assertTrue(worker.awaitIdle(runtime.after(Duration.ofSeconds(20))));
        assertEquals(2, sent.size());
        loop.perform(effect -> {});
        loop.accept(new Input.Abort());
    }
}
