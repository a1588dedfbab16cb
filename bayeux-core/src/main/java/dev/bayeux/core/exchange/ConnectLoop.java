package dev.bayeux.core.exchange;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.transport.CredentialsHolder;
import dev.bayeux.core.transport.CredentialsHolder.CredentialsUnavailableException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends handshakes and connects, one after the other on one thread, so there is never more than one on its way (C-09,
 * C-18). The thread lives from the connect call of the program to the end of its session.
 */
final class ConnectLoop {

    private final ClientLoop loop;
    private final ExchangeRunner runner;
    private final CredentialsHolder credentials;
    private final HandshakeFields fields;
    private final Duration replyTimeout;
    private final ReentrantLock lock;
    private final Condition changed;
    private @Nullable Exchange next;
    private @Nullable Connection connection;
    private boolean ended;

    /**
     * Makes a loop that was not started.
     *
     * @param lock used by nothing else
     */
    ConnectLoop(ClientLoop loop, ExchangeRunner runner, CredentialsHolder credentials, HandshakeFields fields,
            Duration replyTimeout, ReentrantLock lock) {
        this.loop = loop;
        this.runner = runner;
        this.credentials = credentials;
        this.fields = fields;
        this.replyTimeout = replyTimeout;
        this.lock = lock;
        this.changed = lock.newCondition();
    }

    /** Sends and waits, until {@link #end}. */
    void run() {
        while (true) {
            Exchange exchange;
            Connection over;
            lock.lock();
            try {
                while (next == null && !ended) {
                    awaitChange();
                }
                exchange = next;
                over = connection;
                next = null;
                if (exchange == null || over == null) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (loop.ask(new Input.Begin(exchange))) {
                send(exchange, over);
            }
        }
    }

    /** Waits once: the caller looks again at what it waits for. */
    @SuppressWarnings("WaitNotInLoop")
    private void awaitChange() {
        try {
            changed.await();
        } catch (InterruptedException ignored) {
            // Only an exchange is interrupted, and none is in flight.
        }
    }

    private void send(Exchange exchange, Connection over) {
        switch (exchange.action()) {
            case SendHandshake handshake ->
                runner.run(exchange, over, () -> List.of(message(handshake, exchange)), replyTimeout);
            case SendConnect connect -> runner.run(exchange, over,
                    () -> List.of(OutgoingMessage.connect(connect.id(), connect.clientId(), connect.connectionType(),
                            connect.atOnce(), fields.connectExt(connect.acknowledged()))),
                    Duration.ofMillis(connect.limitMs()));
            case null, default -> throw new IllegalArgumentException("Neither a handshake nor a connect");
        }
    }

    private OutgoingMessage message(SendHandshake handshake, Exchange exchange) throws InterruptedException {
        try {
            // Read for each handshake (C-03).
            JsonObject proof = credentials.get().ext();
            return fields.handshake(handshake.id(), exchange.connectionTypes(), proof);
        } catch (CredentialsUnavailableException unavailable) {
            throw new HandshakeException(FailureKind.TRANSIENT,
                    "The credentials source failed: " + unavailable.getCause(), unavailable.getCause());
        } catch (InterruptedException abandoned) {
            throw abandoned;
        } catch (Throwable failed) {
            // The program's code failed; the next handshake may succeed.
            throw new HandshakeException(FailureKind.TRANSIENT,
                    "The source of the handshake's fields failed: " + failed, failed);
        }
    }

    /** Assigns the next handshake or connect. */
    void assign(Exchange exchange, Connection over) {
        lock.lock();
        try {
            next = exchange;
            connection = over;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void abandon(Exchange exchange) {
        runner.abandon(exchange);
    }

    /** Lets the loop end. */
    void end() {
        lock.lock();
        try {
            ended = true;
            next = null;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
