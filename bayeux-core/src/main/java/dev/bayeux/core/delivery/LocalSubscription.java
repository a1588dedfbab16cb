package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber: its channels, its queue, its type.
 *
 * @param <T> the type of the data
 */
abstract class LocalSubscription<T> implements Subscription {

    /**
     * What the program asked for.
     *
     * @param channels names and patterns
     * @param type of the data
     * @param queueLimit the most messages that wait
     * @param overflow what becomes of one more
     */
    record Wish(List<String> channels, Type type, int queueLimit, Overflow overflow) {}

    final BoundedQueue<IncomingMessage> queue;
    private final Wish wish;
    private final Subscriptions owner;
    private final Payloads payloads;
    private final List<WireSubscription> wires = new ArrayList<>(1);
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
    private boolean established;
    private volatile long pauses;
    private volatile boolean closed;

    LocalSubscription(ClientRuntime runtime, Wish wish, Subscriptions owner, Payloads payloads) {
        this.wish = wish;
        this.owner = owner;
        this.payloads = payloads;
        this.queue = new BoundedQueue<>(runtime, wish.queueLimit(), wish.overflow(), () -> owner.hasRoom(this));
    }

    @Override
    public final List<String> channels() {
        return wish.channels();
    }

    @Override
    public final SubscriptionState state() {
        return owner.stateOf(this);
    }

    @Override
    public final Optional<SubscribeException> failure() {
        return owner.failureOf(this);
    }

    @Override
    public final long pauses() {
        return pauses;
    }

    /** Guarded by the session's lock. */
    final void paused() {
        pauses++;
    }

    @Override
    public final long dropped() {
        return queue.dropped();
    }

    @Override
    public final void close() {
        owner.remove(this);
        queue.clear();
    }

    final boolean isClosed() {
        return closed;
    }

    /** Guarded by the session's lock, as are the next two. */
    final List<WireSubscription> wires() {
        return wires;
    }

    /** Whether the program was told that the server had said yes: from then on it is durable. */
    final boolean isEstablished() {
        return established;
    }

    final void establish() {
        established = true;
        outcome.complete(null);
    }

    /** It cannot be had; who started it is told. What was established before stays. */
    final void fail(BayeuxException why) {
        outcome.completeExceptionally(why);
    }

    /** Completes when the server has said yes to all channels, or fails when it has said no to one. */
    final CompletableFuture<@Nullable Void> outcome() {
        return outcome;
    }

    /** Takes no more messages; those that wait are for the sub-class to decide on. */
    void markClosed() {
        closed = true;
    }

    /** Takes a delivery, perhaps beyond its limit; never waits. */
    final BoundedQueue.Result offer(IncomingMessage message, boolean mayExceed) {
        BoundedQueue.Result result = queue.add(message, mayExceed);
        if (result != BoundedQueue.Result.FULL) {
            arrived();
        }
        return result;
    }

    /** Something is in the queue. */
    abstract void arrived();

    /** The client is disconnected: nothing will come. */
    abstract void disconnected(Supplier<RuntimeException> why);

    /** The client is connecting: something may come. */
    abstract void connecting();

    /** Whether the program's code is running for this subscription, or about to. */
    abstract boolean isRunning();

    /** Waits until it does not; {@code false} if the deadline has passed, or it is that code that waits. */
    abstract boolean awaitEnd(long deadlineNs) throws InterruptedException;

    /** Stops what still runs for this subscription. */
    abstract void stop();

    /** Binds a message, on the thread of the program's code. */
    @SuppressWarnings("unchecked") // the builder has paired the type with T
    final Message<T> bind(IncomingMessage message) {
        if (wish.type() == JsonValue.class) {
            return (Message<T>) new UnparsedMessage(message, payloads);
        }
        return ReceivedMessage.of(message, (T) payloads.read(message, wish.type()));
    }

    final void tell(ClientEvent event) {
        owner.tell(event);
    }
}
