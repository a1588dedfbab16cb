package dev.bayeux.tests.views;

import dev.bayeux.api.Message;
import dev.bayeux.tests.MemoryWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A subscriber that requests what the test says, and remembers the signals. */
final class Signals<T> implements Flow.Subscriber<Message<T>> {

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Throwable> error = new CompletableFuture<>();
    private final CompletableFuture<Boolean> completion = new CompletableFuture<>();
    private final LinkedBlockingQueue<T> next = new LinkedBlockingQueue<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException failing;
    private volatile boolean interrupting;

    /** Throws that at the next message. */
    void failWith(RuntimeException failure) {
        failing = failure;
    }

    /** Leaves the interrupt status set after each signal. */
    void leaveInterrupts() {
        interrupting = true;
    }

    Flow.Subscription awaitSubscription() throws InterruptedException {
        try {
            return MemoryWorld.get(subscription);
        } catch (ExecutionException never) {
            throw new AssertionError(never);
        }
    }

    void request(long n) throws InterruptedException {
        awaitSubscription().request(n);
    }

    void cancel() throws InterruptedException {
        awaitSubscription().cancel();
    }

    List<T> received() {
        return List.copyOf(next);
    }

    List<T> awaitNext(int count) throws InterruptedException {
        List<T> all = new ArrayList<>();
        while (all.size() < count) {
            T one = next.poll(MemoryWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (one == null) {
                throw new AssertionError("Only %s have come".formatted(all));
            }
            all.add(one);
        }
        return all;
    }

    Throwable awaitError() throws InterruptedException, ExecutionException {
        return MemoryWorld.get(error);
    }

    void awaitCompletion() throws InterruptedException, ExecutionException {
        MemoryWorld.get(completion);
    }

    Stream<String> threads() {
        return threads.stream();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        signalled();
        subscription.complete(given);
    }

    @Override
    public void onNext(Message<T> message) {
        signalled();
        if (failing != null) {
            throw failing;
        }
        next.add(message.data());
    }

    @Override
    public void onError(Throwable why) {
        signalled();
        error.complete(why);
    }

    @Override
    public void onComplete() {
        signalled();
        completion.complete(true);
    }

    private void signalled() {
        Thread thread = Thread.currentThread();
        threads.add(thread.isVirtual() ? thread.getName() : "no virtual thread: " + thread.getName());
        if (interrupting) {
            thread.interrupt();
        }
    }
}
