package dev.bayeux.tests.carrier;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Carries messages over one TCP connection, each after its length. */
final class TcpTransport implements FullDuplexTransport {

    private final TransportContext context;
    private final ReentrantLock turn = new ReentrantLock(true);
    /** The connection made last; it may have ended. Changed by the holder of the turn. */
    private volatile @Nullable TcpConnection last;
    private volatile boolean closed;

    TcpTransport(TransportContext context) {
        this.context = context;
    }

    @Override
    public void send(Batch batch) throws InterruptedException {
        long deadlineNs = System.nanoTime() + batch.limit().toNanos();
        if (!turn.tryLock(batch.limit().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TransportException(Problem.TIMED_OUT, "Earlier messages kept the connection busy.", null);
        }
        try {
            TcpConnection connection = connection();
            Duration left = Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
            connection.write(batch.text().getBytes(StandardCharsets.UTF_8), left);
        } catch (TransportException failed) {
            throw closed ? closed() : failed;
        } finally {
            turn.unlock();
        }
    }

    private TcpConnection connection() throws InterruptedException {
        TcpConnection present = last;
        if (present != null && !present.isOver()) {
            return present;
        }
        if (present != null) {
            // The loss must be known before anything of the next connection arrives.
            present.awaitTold();
        }
        TcpConnection fresh = new TcpConnection(context);
        last = fresh;
        if (closed) {
            throw closed();
        }
        fresh.open();
        context.inbox().writing();
        return fresh;
    }

    @Override
    public void dropConnection() {
        TcpConnection silent = last;
        if (silent != null) {
            silent.end(new TransportException(Problem.TIMED_OUT, "The server was silent for too long.", null));
        }
    }

    @Override
    public void close() {
        closed = true;
        TcpConnection open = last;
        if (open != null) {
            open.leave();
        }
    }

    private static TransportException closed() {
        return new TransportException(Problem.CLOSED, "The transport is closed.", null);
    }
}
