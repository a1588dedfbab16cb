package dev.bayeux.core.outbox;

import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.call.RequestCalls;
import dev.bayeux.core.call.RequestMaker;
import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of a program through outages. {@link OutboxSender} sends them on the thread "outbox", which exists while
 * it contains messages; {@link OutboxResults} completes the futures.
 */
public final class CoreOutbox implements Outbox {

    private final ClientContext client;
    private final RequestMaker maker;
    private final OutboxLimits limits;
    private final OutboxResults results;
    private final OutboxQueue queue;
    private final OutboxSender sender;
    private final Worker worker;

    public CoreOutbox(ClientContext client, RequestCalls replies, OutboxLimits limits, RequestMaker maker) {
        this.client = client;
        this.maker = maker;
        this.limits = limits;
        this.results = new OutboxResults(client.runtime(), client.name());
        this.queue = new OutboxQueue(client, limits, results);
        this.sender = new OutboxSender(client, replies, maker, queue, limits);
        this.worker = new Worker(client.runtime(), "bayeux-" + client.name() + "-outbox");
    }

    @Override
    public CompletableFuture<PublishReply> publish(String channel, @Nullable Object data) {
        return add(null, channel, data);
    }

    @Override
    public CompletableFuture<PublishReply> publishInOrder(String key, String channel, @Nullable Object data) {
        return add(Objects.requireNonNull(key, "key"), channel, data);
    }

    private CompletableFuture<PublishReply> add(@Nullable String key, String channel, @Nullable Object data) {
        Supplier<Request> request = maker.requests(channel, data);
        OutboxMessage message = new OutboxMessage(key, channel, request,
                client.runtime().after(limits.deadline().orElse(ClientRuntime.FAR)),
                client.observer().publish(channel));
        message.accepted().beforeEnd(() -> queue.takeBack(message));
        PublishException full = queue.add(message);
        if (full != null) {
            message.report(full);
            throw full;
        }
        worker.wake(sender);
        return message.accepted();
    }

    @Override
    public int size() {
        return queue.size();
    }

    /**
     * Rejects further messages and fails the remaining ones, also on an interrupted thread: every future completes. Waits for
     * the thread "outbox", which waits for nothing once it is interrupted and runs no code of the program.
     */
    public void close() {
        queue.close();
        worker.interrupt();
        boolean interrupted = false;
        boolean idle = false;
        while (!idle) {
            try {
                idle = worker.awaitIdle(client.runtime().after(ClientRuntime.FAR));
            } catch (InterruptedException unwanted) {
                interrupted = true;
            }
        }
        queue.giveUpAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the thread that completes the futures} */
    public OutboxResults results() {
        return results;
    }
}
