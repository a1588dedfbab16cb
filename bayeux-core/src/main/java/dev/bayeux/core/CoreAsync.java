package dev.bayeux.core;

import dev.bayeux.api.AsyncClient;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.PublishBatch;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The view whose calls do not wait: what has an order is done at once, the wait is left to a {@link Waiters} thread. */
final class CoreAsync implements AsyncClient {

    private final CoreClient client;
    private final Waiters waiters;

    CoreAsync(CoreClient client, Waiters waiters) {
        this.client = client;
        this.waiters = waiters;
    }

    /** A call that waits and has no result. */
    @FunctionalInterface
    private interface Action {

        void run() throws InterruptedException;
    }

    private CompletableFuture<@Nullable Void> run(Action action) {
        return waiters.start(() -> {
            action.run();
            return null;
        });
    }

    /** Begins something on this thread; what is wrong with it other than its arguments is an outcome as well. */
    private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> beginning) {
        try {
            return beginning.get();
        } catch (BayeuxException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    @Override
    public BayeuxClient blocking() {
        return client;
    }

    @Override
    public CompletableFuture<@Nullable Void> connect() {
        return run(client::connect);
    }

    @Override
    public CompletableFuture<@Nullable Void> disconnect() {
        return run(client::disconnect);
    }

    @Override
    public CompletableFuture<@Nullable Void> reconnect() {
        return run(client::reconnect);
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        return run(client::close);
    }

    @Override
    public CompletableFuture<@Nullable Void> publish(String channel, @Nullable Object data) {
        return begin(() -> {
            CoreClient.Pending<@Nullable Void> sent = client.beginPublish(channel, data);
            return waiters.start(sent::await);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> batch(Consumer<PublishBatch> messages) {
        return begin(() -> {
            CoreClient.Pending<@Nullable Void> sent = client.beginBatch(messages);
            return waiters.start(sent::await);
        });
    }

    @Override
    public <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit) {
        return begin(() -> {
            CoreClient.Pending<@Nullable T> sent = client.beginCall(channel, data, type, limit);
            return waiters.start(sent::await);
        });
    }

    @Override
    public CompletableFuture<Boolean> drain(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return waiters.start(() -> client.drain(limit));
    }

    @Override
    public CompletableFuture<Optional<ClientState>> awaitState(Predicate<ClientState> condition, Duration limit) {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(limit, "limit");
        return waiters.start(() -> client.awaitState(condition, limit));
    }

    @Override
    public CompletableFuture<Boolean> awaitReady(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return waiters.start(() -> client.awaitReady(limit));
    }
}
