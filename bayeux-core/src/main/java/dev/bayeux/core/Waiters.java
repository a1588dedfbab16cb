package dev.bayeux.core;

import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Waits on virtual threads for what callers do not wait for. */
final class Waiters {

    /** A call that waits. */
    @FunctionalInterface
    interface Call<T> {

        T make() throws InterruptedException;
    }

    private final ClientRuntime runtime;
    private final String clientName;

    Waiters(ClientRuntime runtime, String clientName) {
        this.runtime = runtime;
        this.clientName = clientName;
    }

    ClientRuntime runtime() {
        return runtime;
    }

    String clientName() {
        return clientName;
    }

    /** Makes a call on a thread of its own, which dependent stages go on with; cancelling interrupts it. */
    <T> CompletableFuture<T> start(Call<? extends T> call) {
        return start(call, untaken -> {
            // Nothing depends on it.
        });
    }

    /** The same for a result that must be undone if nobody takes it: the stage was cancelled just before it came. */
    <T> CompletableFuture<T> start(Call<? extends T> call, Consumer<? super T> undo) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread thread = runtime.start("bayeux-" + clientName + "-async", () -> {
            T result;
            try {
                result = call.make();
            } catch (Throwable failed) {
                outcome.completeExceptionally(failed);
                return;
            }
            if (!outcome.complete(result)) {
                undo.accept(result);
            }
        });
        outcome.whenComplete((any, failed) -> {
            if (outcome.isCancelled()) {
                thread.interrupt();
            }
        });
        return outcome;
    }
}
