package dev.bayeux.core.exchange;

import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one exchange at a time on the calling thread: passes it through the extensions, sends it over the connection,
 * and gives the result to the client's loop. Abandoning an exchange interrupts the thread only during that exchange.
 */
final class ExchangeRunner {

    private final ClientLoop loop;
    private final ExtensionChain extensions;
    private final Observer observer;
    private final BatchLimit limit;
    private final ReentrantLock lock;
    private @Nullable Thread thread;
    private @Nullable Exchange running;

    ExchangeRunner(ClientLoop loop, ExtensionChain extensions, Observer observer, BatchLimit limit,
            ReentrantLock lock) {
        this.loop = loop;
        this.extensions = extensions;
        this.observer = observer;
        this.limit = limit;
        this.lock = lock;
    }

    /** Makes the messages of an exchange. */
    @FunctionalInterface
    interface Messages {

        List<OutgoingMessage> make() throws InterruptedException;
    }

    /** Sends an exchange and gives its result, or its failure, to the loop. Never throws. */
    void run(Exchange exchange, Connection connection, Messages messages, Duration replyLimit) {
        if (!begin(exchange)) {
            return;
        }
        try {
            loop.accept(outcome(exchange, connection, messages, replyLimit));
        } catch (Throwable bug) {
            // For example too little memory for the reply.
            fail(exchange, "The server's reply could not be handled", bug);
        } finally {
            exchange.letNextBeProcessed();
            end();
        }
    }

    /** Ends an exchange at which the client itself has failed, so that the waiting callers receive the failure. */
    void fail(Exchange exchange, String what, Throwable bug) {
        loop.accept(new Input.Failed(exchange,
                new TransportException(Problem.LOST, "%s: %s".formatted(what, bug), bug)));
    }

    private Input outcome(Exchange exchange, Connection connection, Messages messages, Duration replyLimit) {
        Timed timed = observer.exchange(kind(exchange), exchange.connectionType());
        Throwable failure = null;
        try {
            ExtensionChain.Leaving leaving = extensions.outgoing(messages.make());
            for (ExtensionChain.HeldBack held : leaving.heldBack()) {
                loop.accept(new Input.HeldBack(exchange, held.id(), held.why()));
            }
            if (leaving.messages().isEmpty()) {
                // An empty array is no batch (C-125).
                throw leaving.heldBack().getLast().why();
            }
            Batch batch = MessageWriter.batch(leaving.messages(), replyLimit);
            limit.check(batch, leaving.messages().size(), !extensions.isEmpty());
            return connection.exchange(exchange, batch, replyLimit);
        } catch (Throwable thrown) {
            failure = thrown;
            return new Input.Failed(exchange, failureOf(exchange, thrown));
        } finally {
            Timed.end(timed, failure);
        }
    }

    private static BayeuxException failureOf(Exchange exchange, Throwable thrown) {
        return switch (thrown) {
            case BayeuxException known -> known;
            case InterruptedException abandoned -> new TransportException(Problem.CLOSED,
                    "The client abandoned the request.", abandoned);
            // The next attempt would find the same classes.
            case LinkageError wrong -> new ConfigurationException(
                    "The transport %s does not fit a library that it needs: %s. Which versions are on the class path or module path?"
                            .formatted(exchange.connectionType(), wrong),
                    wrong);
            // The transport, or the program's code that it calls, failed: the client treats it as a lost connection.
            default -> new TransportException(Problem.LOST,
                    "The transport %s failed: %s".formatted(exchange.connectionType(), thrown), thrown);
        };
    }

    private static ClientMetrics.Exchange kind(Exchange exchange) {
        return switch (exchange.kind()) {
            case HANDSHAKE -> ClientMetrics.Exchange.HANDSHAKE;
            case CONNECT -> ClientMetrics.Exchange.CONNECT;
            default -> ClientMetrics.Exchange.SEND;
        };
    }

    private boolean begin(Exchange exchange) {
        lock.lock();
        try {
            if (exchange.isOver()) {
                return false;
            }
            running = exchange;
            thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            running = null;
            thread = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the thread that carries an exchange, if one does. */
    void abandon(Exchange exchange) {
        lock.lock();
        try {
            if (running == exchange && thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
