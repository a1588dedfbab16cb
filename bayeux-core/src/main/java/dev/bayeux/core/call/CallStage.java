package dev.bayeux.core.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a call that waits, or a stage that depends on it. When the program ends a stage itself, by cancelling it
 * or with {@code orTimeout} or {@code completeOnTimeout}, no caller is waiting for the call any more: the call ends as
 * well. The call of a stage with several dependents continues until the program has ended all of them.
 */
final class CallStage<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Runnable abandon;
    /** The number of dependent stages that the program has not ended. */
    private final AtomicInteger dependents = new AtomicInteger();
    /** The thread inside {@code orTimeout}: the stage that the JDK makes there is not a dependent stage of the program. */
    private volatile @Nullable Thread limiting;

    /** {@code abandon} is called when the program completes the stage before the call does. */
    CallStage(Runnable abandon) {
        this.abandon = abandon;
    }

    /** Completes the stage with the result of the call; {@code false} if the program has completed it. */
    boolean returned(T result) {
        return super.complete(result);
    }

    void threw(Throwable failure) {
        super.completeExceptionally(failure);
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        if (limiting == Thread.currentThread()) {
            return new CompletableFuture<>();
        }
        dependents.incrementAndGet();
        return new CallStage<>(this::dependentEnded);
    }

    private void dependentEnded() {
        if (dependents.decrementAndGet() == 0) {
            cancel(false);
        }
    }

    @Override
    public boolean complete(T value) {
        return ended(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return ended(super.completeExceptionally(failure));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean running = !isDone();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        ended(running && cancelled);
        return cancelled;
    }

    private boolean ended(boolean byProgram) {
        if (byProgram) {
            abandon.run();
        }
        return byProgram;
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        limiting = Thread.currentThread();
        try {
            return super.orTimeout(timeout, unit);
        } finally {
            limiting = null;
        }
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        limiting = Thread.currentThread();
        try {
            return super.completeOnTimeout(value, timeout, unit);
        } finally {
            limiting = null;
        }
    }
}
