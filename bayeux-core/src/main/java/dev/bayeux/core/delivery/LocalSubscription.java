package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
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

    final BoundedQueue<Delivery> queue;
    private final Wish wish;
    private final Subscriptions owner;
    private final Payloads payloads;
    private final List<WireSubscription> wires = new ArrayList<>(1);
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
    private final Object identity = new Object();
    private boolean established;
    private long handledUpTo;
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

    /** Stands for this subscription in what the program may keep for longer. */
    final Object identity() {
        return identity;
    }

    @Override
    public final String toString() {
        return "Subscription%s%s".formatted(channels(), closed ? ", closed" : "");
    }

    final Wish wish() {
        return wish;
    }

    final boolean isClosed() {
        return closed;
    }

    /** Guarded by the session's lock, as are the next ones. */
    final List<WireSubscription> wires() {
        return wires;
    }

    /** Whether the program was told that the server had said yes: from then on it is durable. */
    final boolean isEstablished() {
        return established;
    }

    /** The number of the last delivery that is handled, with all before it. */
    final long handledUpTo() {
        return handledUpTo;
    }

    final void handledUpTo(long number) {
        handledUpTo = Math.max(handledUpTo, number);
    }

    final void establish() {
        established = true;
        outcome.complete(null);
    }

    /** It cannot be had; who started it is told. What was established before stays. */
    final void fail(BayeuxException why) {
        outcome.completeExceptionally(why);
    }

    /**
     * The same, and nothing more is for it from this moment on, not when who waits for it wakes: of what follows, its
     * other channels would still bring it a part.
     */
    final void failNow(BayeuxException why) {
        fail(why);
        close();
    }

    /** Completes when the server has said yes to all channels, or fails when it has said no to one. */
    final CompletableFuture<@Nullable Void> outcome() {
        return outcome;
    }

    /** Takes no more messages; those that wait are for the sub-class to decide on. */
    void markClosed() {
        closed = true;
        if (!outcome.isDone()) {
            // Who closes it meanwhile is not who waits for it.
            fail(new ClientClosedException(
                    "The subscription to %s was closed before the server had answered.".formatted(channels())));
        }
    }

    /** Takes a delivery, perhaps beyond its limit; never waits. */
    final BoundedQueue.Result offer(Delivery delivery, boolean mayExceed) {
        BoundedQueue.Result result = queue.add(delivery, mayExceed);
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

    /** Whether the calling thread is the one on which it runs. */
    abstract boolean isCurrent();

    /** Waits until it does not; {@code false} if the deadline has passed, or it is that code that waits. */
    abstract boolean awaitEnd(long deadlineNs) throws InterruptedException;

    /** Stops what still runs for this subscription. */
    abstract void stop();

    /** Binds a message, on the thread of the program's code. */
    @SuppressWarnings("unchecked") // the builder has paired the type with T
    final Message<T> bind(Delivery delivery) {
        if (wish.type() == JsonValue.class) {
            return (Message<T>) new UnparsedMessage(this, delivery, payloads);
        }
        return new BoundMessage<>(this, delivery, payloads,
                (T) payloads.read(delivery.message(), wish.type()));
    }

    final Observer observer() {
        return owner.observer();
    }

    /** Begins to time what handles a message, its binding included; {@code null} if nobody looks. */
    final @Nullable Timed timed(Delivery delivery) {
        return delivery instanceof Delivery.Watched watched
                ? observer().handled(delivery.channel(), watched.arrivedNs())
                : null;
    }

    /** A message is handled, and so are all that were in the queue before it. */
    final void handled(Delivery delivery) {
        owner.handled(this, delivery);
    }

    /** Closes it in front of a message that was not handled. */
    final void stopHere() {
        owner.stop(this);
        queue.clear();
    }

    final void tell(ClientEvent event) {
        owner.tell(event);
    }
}
