package dev.bayeux.core;

import dev.bayeux.api.AsyncClient;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.PublishBatch;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.call.Waiters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The asynchronous view: a call takes effect in its order, and a thread of {@link Waiters} waits for its result. */
final class CoreAsync implements AsyncClient {

    private final OrderedCalls client;
    private final ClientLifecycle life;
    private final Waiters waiters;

    CoreAsync(OrderedCalls client, ClientLifecycle life, Waiters waiters) {
        this.client = client;
        this.life = life;
        this.waiters = waiters;
    }

    /** Prepares a call on this thread. A wrong argument throws; any other failure completes the stage with it. */
    private <T extends @Nullable Object> CompletableFuture<T> prepare(Supplier<Waiters.Beginning<T>> preparation) {
        Waiters.Beginning<T> beginning;
        try {
            beginning = preparation.get();
        } catch (BayeuxException failed) {
            return CompletableFuture.failedFuture(failed);
        }
        return waiters.inOrder(beginning);
    }

    @Override
    public BayeuxClient blocking() {
        return client;
    }

    @Override
    public CompletableFuture<@Nullable Void> connect() {
        long deadlineNs = life.connectBy();
        return waiters.inOrder(life.untilEnded(deadlineNs), () -> life.beginConnect(deadlineNs), nothing -> {});
    }

    @Override
    public CompletableFuture<@Nullable Void> disconnect() {
        return waiters.<@Nullable Void>inOrder(life::beginDisconnect);
    }

    @Override
    public CompletableFuture<@Nullable Void> reconnect() {
        waiters.<@Nullable Void>inOrder(life::beginReconnect);
        long deadlineNs = life.connectBy();
        return waiters.inOrder(life.untilFinished(deadlineNs), () -> life.beginConnect(deadlineNs), nothing -> {});
    }

    /** Takes effect at once; calls that have not begun fail, as all calls of a closed client do. */
    @Override
    public CompletableFuture<@Nullable Void> close() {
        return waiters.start(life.beginClose());
    }

    @Override
    public CompletableFuture<PublishReply> publish(String channel, @Nullable Object data, @Nullable Duration limit) {
        return prepare(() -> client.publishing(channel, data, limit));
    }

    @Override
    public CompletableFuture<List<PublishReply>> batch(Consumer<PublishBatch> messages) {
        return prepare(() -> client.batching(messages));
    }

    @Override
    public <T> CompletableFuture<@Nullable T> call(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit) {
        return prepare(() -> client.calling(channel, data, type, limit));
    }

    @Override
    public CompletableFuture<Boolean> drain(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        long deadlineNs = waiters.runtime().after(limit);
        return waiters.inOrder(
                () -> () -> client.drain(Duration.ofNanos(deadlineNs - waiters.runtime().nanoTime())));
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
