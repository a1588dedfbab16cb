package dev.bayeux.tests.carrier;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection: a thread reads from it, and writing has a limit. */
final class TcpConnection {

    private final TransportContext context;
    private final Socket socket = new Socket();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean open;

    /** An action on the socket, which has no limit of its own. */
    private interface Action {
        void run() throws IOException;
    }

    TcpConnection(TransportContext context) {
        this.context = context;
    }

    boolean isOver() {
        return over.get();
    }

    void awaitTold() throws InterruptedException {
        told.await();
    }

    void open() throws InterruptedException {
        String host = context.uri().getHost();
        int port = context.uri().getPort() < 0 ? 80 : context.uri().getPort();
        Duration limit = context.connectTimeout();
        try {
            within(limit, () -> socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis()));
            socket.setTcpNoDelay(true);
            open = true;
            Thread.ofVirtual().name("tcp-reader").start(this::read);
        } catch (UnknownHostException unknown) {
            leave();
            throw new TransportException(Problem.UNKNOWN_HOST, "The host " + host + " is unknown.", unknown);
        } catch (IOException | TimeoutException failed) {
            leave();
            throw new TransportException(Problem.NOT_CONNECTED, "No connection to " + host + ".", failed);
        }
    }

    void write(byte[] message, Duration limit) throws InterruptedException {
        try {
            within(limit, () -> socket.getOutputStream().write(new LengthFraming().frame(message)));
        } catch (TimeoutException late) {
            TransportException failure = new TransportException(Problem.TIMED_OUT, "A message was not written in time.",
                    late);
            end(failure);
            throw failure;
        } catch (IOException failed) {
            TransportException failure = new TransportException(Problem.LOST, "The connection was lost.", failed);
            end(failure);
            throw failure;
        }
    }

    /** Half of a message may be written when the time is up or the caller is interrupted, so the connection ends. */
    private void within(Duration limit, Action action) throws IOException, TimeoutException, InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            action.run();
            return true;
        });
        Thread.ofVirtual().name("tcp-writer").start(task);
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            end(new TransportException(Problem.LOST, "Writing was interrupted.", interrupted));
            throw interrupted;
        }
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > context.maxReplyBytes()) {
                    end(new TransportException(Problem.TOO_LARGE,
                            "The server sent a message of %d bytes; at most %d are allowed (maxReplyBytes)."
                                    .formatted(length, context.maxReplyBytes()),
                            null));
                    return;
                }
                byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    throw new EOFException("A message was cut short.");
                }
                if (!isOver()) {
                    context.inbox().received(new String(message, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException ended) {
            end(new TransportException(Problem.LOST, "The server has closed the connection.", ended));
        }
    }

    /** Ends the connection, and reports that to the client if it was open. */
    void end(TransportException reason) {
        if (over.compareAndSet(false, true)) {
            closeSocket();
            if (open) {
                context.inbox().disconnected(reason);
            }
            told.countDown();
        }
    }

    /** Ends the connection without a word. */
    void leave() {
        if (over.compareAndSet(false, true)) {
            closeSocket();
            told.countDown();
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException already) {
            // It is closed.
        }
    }
}
