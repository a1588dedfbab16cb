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
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Subscriber;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of the program: its channels, its queue, its type.
 *
 * @param <T> the type of the data
 */
abstract class LocalSubscription<T> implements Subscription {

    final BoundedQueue<Delivery> queue;
    private final Wish wish;
    private final SubscriptionParts parts;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
    private final Taker identity;
    private @Nullable Subscriber subscriber;
    private @Nullable RuntimeException refusal;
    private volatile long pauses;
    private volatile boolean closed;

    LocalSubscription(SubscriptionParts parts, Wish wish) {
        this.wish = wish;
        this.identity = new Taker(wish.channels());
        this.parts = parts;
        this.queue = new BoundedQueue<>(parts.runtime(), wish.queueLimit(), wish.overflow(), this::hasRoom);
    }

    /** What the protocol knows of it; made when it is first asked for. */
    final Subscriber subscriber() {
        if (subscriber == null) {
            subscriber = new Subscriber(this, wish.channels(), wish.from() != null);
        }
        return subscriber;
    }

    private void hasRoom() {
        // It may be full again by now.
        if (!queue.isFull()) {
            parts.loop().accept(new Input.RoomAgain(subscriber()));
        }
    }

    @Override
    public final List<String> channels() {
        return wish.channels();
    }

    @Override
    public final SubscriptionState state() {
        return parts.loop().look(view -> view.stateOf(subscriber()));
    }

    @Override
    public final Optional<SubscribeException> failure() {
        return parts.loop().look(view -> view.failureOf(subscriber()));
    }

    @Override
    public final long pauses() {
        return pauses;
    }

    @Override
    public final long dropped() {
        return queue.dropped();
    }

    @Override
    public final void close() {
        parts.loop().accept(new Input.Leave(subscriber(), false));
        queue.clear();
    }

    /** Stands for this subscription in messages, which the program may keep for longer. */
    final Taker identity() {
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

    // Called by the client's loop

    /** The queue was full. Only the client's loop writes the number. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    final void paused() {
        pauses++;
    }

    final void establish() {
        outcome.complete(null);
    }

    /** The subscription cannot begin. */
    final void refuse(RuntimeException why) {
        refusal = why;
        outcome.completeExceptionally(why);
    }

    /** The server does not accept the subscription: from here on it receives no more messages. */
    final void reject(BayeuxException why) {
        outcome.completeExceptionally(why);
        queue.clear();
    }

    /** The server has refused to restore the subscription in a new session. */
    void notRestored(SubscribeException why) {
        // Listeners receive an event.
    }

    /** Takes no more messages; those that wait are for the sub-class to decide on. */
    void markClosed() {
        closed = true;
        if (!outcome.isDone()) {
            outcome.completeExceptionally(new ClientClosedException(
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

    /** A message is in the queue. */
    abstract void arrived();

    /** The client is disconnected: no message will come. */
    abstract void disconnected(Supplier<RuntimeException> why);

    /** The client is connecting: messages may come. */
    abstract void connecting();

    // Called by the program's threads

    /** Completes when the server has accepted all channels, or fails when it has refused one. */
    final CompletableFuture<@Nullable Void> outcome() {
        return outcome;
    }

    /** {@return why the subscription could not begin, {@code null} if it has begun} */
    final @Nullable RuntimeException refusal() {
        return refusal;
    }

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
            return (Message<T>) new UnparsedMessage(identity, delivery, parts.payloads());
        }
        return new BoundMessage<>(identity, delivery, parts.payloads(),
                (T) parts.payloads().read(delivery.message(), wish.type()));
    }

    final Observer observer() {
        return parts.events().observer();
    }

    /** Begins to time what handles a message, its binding included; {@code null} if nothing observes it. */
    final @Nullable Timed timed(Delivery delivery) {
        return delivery instanceof Delivery.Watched watched
                ? observer().handled(delivery.channel(), watched.arrivedNs())
                : null;
    }

    final boolean countsHandled() {
        return parts.positions().isOn();
    }

    /** A message is handled, and so are all that were in the queue before it. */
    final void handled(Delivery delivery) {
        parts.positions().handled(subscriber(), delivery);
    }

    /** Closes it at a message that was not handled. */
    final void stopHere() {
        parts.loop().accept(new Input.Leave(subscriber(), true));
        queue.clear();
    }

    final void tell(ClientEvent event) {
        parts.events().tell(event);
    }
}
