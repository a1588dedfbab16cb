package dev.bayeux.core.call;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that wait on virtual threads, for callers that do not wait. Calls take effect in the order in which a thread
 * makes them: at once, on that thread, or, if an earlier call has to wait before it can take effect, after that call.
 */
public final class Waiters {

    /** The waiting part of a call. */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {

        T make() throws InterruptedException;
    }

    /** The part of a call that takes effect and does not wait; returns the part that waits. */
    @FunctionalInterface
    public interface Beginning<T extends @Nullable Object> {

        Call<? extends T> begin();
    }

    /** An activity that must end before a call can take effect. */
    public interface Obstacle {

        default boolean isGone() {
            return false;
        }

        /** Waits until the activity has ended, within a limit. */
        void await() throws InterruptedException;
    }

    private final ClientRuntime runtime;
    private final String clientName;
    /** Completes when the last call that had to wait has taken effect, and all such calls before it. */
    private final AtomicReference<CompletableFuture<@Nullable Void>> lastDeferred = new AtomicReference<>(
            CompletableFuture.completedFuture(null));

    public Waiters(ClientRuntime runtime, String clientName) {
        this.runtime = runtime;
        this.clientName = clientName;
    }

    public ClientRuntime runtime() {
        return runtime;
    }

    /** Makes a call in its order; an exception of its first part completes the stage. */
    public <T extends @Nullable Object> CompletableFuture<T> inOrder(Beginning<T> beginning) {
        return inOrder(null, beginning, Waiters::keep);
    }

    /** The same for a result that must be undone if the stage was ended just before the result came. */
    public <T extends @Nullable Object> CompletableFuture<T> inOrder(Beginning<T> beginning, Consumer<? super T> undo) {
        return inOrder(null, beginning, undo);
    }

    /**
     * The same for a call with an obstacle, and with a result that must be undone if the stage was ended just before the
     * result came.
     */
    public <T extends @Nullable Object> CompletableFuture<T> inOrder(@Nullable Obstacle obstacle,
            Beginning<T> beginning,
            Consumer<? super T> undo) {
        if (lastDeferred.get().isDone() && (obstacle == null || obstacle.isGone())) {
            try {
                return start(beginning.begin(), undo);
            } catch (BayeuxException failed) {
                return CompletableFuture.failedFuture(failed);
            }
        }
        CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> before = lastDeferred.getAndSet(begun);
        return start(() -> {
            Call<? extends T> rest;
            try {
                runtime.isComplete(before, runtime.after(ClientRuntime.FAR));
                if (obstacle != null) {
                    obstacle.await();
                }
                rest = beginning.begin();
            } finally {
                // A call that is cancelled lets no later one pass those before it.
                before.whenComplete((any, never) -> begun.complete(null));
            }
            return rest.make();
        }, undo);
    }

    private static void keep(@Nullable Object any) {
        // Nothing depends on it.
    }

    /** Makes a call on a new thread, on which dependent stages run; a program that ends the stage interrupts it. */
    public <T extends @Nullable Object> CompletableFuture<T> start(Call<? extends T> call) {
        return start(call, Waiters::keep);
    }

    /** The same for a result that must be undone if the stage was ended just before the result came. */
    public <T extends @Nullable Object> CompletableFuture<T> start(Call<? extends T> call, Consumer<? super T> undo) {
        // The program may end the stage before the thread has started.
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CallStage<T> outcome = new CallStage<>(() -> thread.thenAccept(Thread::interrupt));
        thread.complete(runtime.start("bayeux-" + clientName + "-async", () -> {
            T result;
            try {
                result = call.make();
            } catch (Throwable failed) {
                outcome.threw(failed);
                return;
            }
            if (!outcome.returned(result)) {
                undo.accept(result);
            }
        }));
        return outcome;
    }
}
