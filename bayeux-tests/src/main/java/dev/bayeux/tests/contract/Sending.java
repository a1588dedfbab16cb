package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** One batch on its way, sent by a separate virtual thread. */
final class Sending {

    private static final Set<Thread.State> RESTING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING,
            Thread.State.BLOCKED, Thread.State.TERMINATED);

    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final Duration patience;
    private final Thread thread;

    private Sending(Callable<String> send, Duration patience) {
        this.patience = patience;
        thread = Thread.ofVirtual().name("test-send").start(() -> {
            try {
                result.complete(send.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Over a request and response transport: it returns the answer. */
    static Sending request(Transport transport, Batch batch, Duration patience) {
        RequestResponseTransport requests = Assertions.assertInstanceOf(RequestResponseTransport.class, transport);
        return new Sending(() -> {
            String reply = requests.exchange(batch);
            Assertions.assertNotNull(reply, "exchange returned null");
            return reply;
        }, patience);
    }

    /** Over a full-duplex transport: it returns when the batch is written, and answers come to the inbox. */
    static Sending write(Transport transport, Batch batch, Duration patience) {
        FullDuplexTransport connection = Assertions.assertInstanceOf(FullDuplexTransport.class, transport);
        return new Sending(() -> {
            connection.send(batch);
            return "";
        }, patience);
    }

    void interrupt() {
        thread.interrupt();
    }

    /**
     * Waits until send waits for something. Nothing tells that a connection is being made, so this can only look at the
     * thread until it rests.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the other thread is to run
    void awaitWaiting() {
        long end = System.nanoTime() + patience.toNanos();
        while (!RESTING.contains(thread.getState())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("send has not come to wait for anything within %s".formatted(patience));
            }
            Thread.yield();
        }
    }

    /** Waits for what send returns. */
    String reply() throws InterruptedException {
        try {
            return end();
        } catch (ExecutionException failed) {
            throw new AssertionError("send has thrown %s instead of returning".formatted(failed.getCause()),
                    failed.getCause());
        }
    }

    /** Waits until it is written. */
    void done() throws InterruptedException {
        reply();
    }

    /** Waits for the exception that send throws for whatever reason. */
    Throwable failure() throws InterruptedException {
        try {
            String reply = end();
            throw new AssertionError("send has returned %d characters instead of throwing".formatted(reply.length()));
        } catch (ExecutionException failed) {
            return Objects.requireNonNullElse(failed.getCause(), failed);
        }
    }

    /** Waits for the exception that send throws when it cannot carry a batch. */
    TransportException transportFailure() throws InterruptedException {
        Throwable failure = failure();
        if (failure instanceof TransportException expected) {
            return expected;
        }
        throw new AssertionError("send has thrown %s instead of a TransportException".formatted(failure), failure);
    }

    TransportException assertProblem(Problem problem) throws InterruptedException {
        TransportException failure = transportFailure();
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

    private String end() throws InterruptedException, ExecutionException {
        try {
            return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hanging) {
            throw new AssertionError("send has neither returned nor thrown within %s".formatted(patience), hanging);
        }
    }
}
