package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** One {@link Transport#send} of a full-duplex transport, on a virtual thread of its own. */
final class SocketSending {

    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private final Duration patience;
    private final Thread thread;

    SocketSending(Transport transport, Batch batch, Duration patience) {
        this.patience = patience;
        thread = Thread.ofVirtual().name("test-send").start(() -> {
            try {
                Assertions.assertNull(transport.send(batch), "send of a full-duplex transport returns null");
                result.complete(true);
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Waits until it is written. */
    void done() throws InterruptedException {
        try {
            end();
        } catch (ExecutionException failed) {
            throw new AssertionError("send has thrown %s".formatted(failed.getCause()), failed.getCause());
        }
    }

    /** Waits for the exception that it throws. */
    Throwable failure() throws InterruptedException {
        try {
            end();
            throw new AssertionError("send has returned instead of throwing");
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    TransportException assertProblem(Problem problem) throws InterruptedException {
        TransportException failure = Assertions.assertInstanceOf(TransportException.class, failure());
        Assertions.assertEquals(problem, failure.problem(),
                () -> "problem of \"%s\", caused by %s".formatted(failure.getMessage(), failure.getCause()));
        return failure;
    }

    /** Whether it ended without an exception; waits for the end. */
    boolean succeeded() throws InterruptedException {
        try {
            end();
            return true;
        } catch (ExecutionException failed) {
            return false;
        }
    }

    private void end() throws InterruptedException, ExecutionException {
        try {
            result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hanging) {
            throw new AssertionError("send has neither returned nor thrown within %s".formatted(patience), hanging);
        }
    }
}
