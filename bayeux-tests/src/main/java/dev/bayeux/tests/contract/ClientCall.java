package dev.bayeux.tests.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A call of the client, on a new virtual thread.
 *
 * @param <T> what it returns
 */
final class ClientCall<T extends @Nullable Object> {

    /** A call that returns nothing. */
    interface Action {
        void run() throws Exception;
    }

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Duration patience;
    private final Thread thread;

    ClientCall(Duration patience, Callable<T> call) {
        this.patience = patience;
        thread = Thread.ofVirtual().name("test-call").start(() -> {
            try {
                result.complete(call.call());
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

    /** Waits for what it returns. */
    T result() throws InterruptedException {
        try {
            return end();
        } catch (ExecutionException failed) {
            throw new AssertionError("The call has thrown %s".formatted(failed.getCause()), failed.getCause());
        }
    }

    /** Waits for what it throws. */
    <X extends Throwable> X failure(Class<X> expected) throws InterruptedException {
        try {
            throw new AssertionError("The call has returned %s instead of throwing %s".formatted(end(), expected));
        } catch (ExecutionException failed) {
            return Assertions.assertInstanceOf(expected, failed.getCause());
        }
    }

    /** Waits for its end, whatever that is, so that no thread of a test disturbs the next one. */
    void awaitQuietly(Duration limit) throws InterruptedException {
        thread.join(limit);
    }

    private T end() throws InterruptedException, ExecutionException {
        try {
            return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hanging) {
            AssertionError error = new AssertionError("The call has not ended within %s".formatted(patience), hanging);
            error.setStackTrace(thread.getStackTrace());
            throw error;
        }
    }
}
