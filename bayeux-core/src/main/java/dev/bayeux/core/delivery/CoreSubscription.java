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
import dev.bayeux.core.runtime.OwnedThreads;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subscription of the program: its channels, its queue and the type of its data. */
abstract class CoreSubscription<T> implements Subscription, OwnedThreads {

    final BoundedQueue<Delivery> queue;
    private final SubscriptionSettings settings;
    private final SubscriptionContext context;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
    private final SubscriptionIdentity identity;
    /** Runs the program's code; {@code null} if the program's own threads pull the messages. */
    private final @Nullable Worker worker;
    private @Nullable Subscriber subscriber;
    private @Nullable RuntimeException refusal;
    private volatile long pauses;
    private volatile boolean closed;

    CoreSubscription(SubscriptionContext context, SubscriptionSettings settings, @Nullable Worker worker) {
        this.worker = worker;
        this.settings = settings;
        this.identity = new SubscriptionIdentity(settings.channels());
        this.context = context;
        this.queue = new BoundedQueue<>(context.runtime(), settings.queueLimit(), settings.overflow(),
                context.most(settings.queueLimit()));
    }

    /** The protocol's view of the subscription, made at its first use. */
    final Subscriber subscriber() {
        if (subscriber == null) {
            subscriber = new Subscriber(this, settings.channels(), settings.from() != null);
            queue.whenRoom(this::hasRoom);
        }
        return subscriber;
    }

    private void hasRoom() {
        // The queue may be full again by now.
        if (!queue.isFull()) {
            context.loop().accept(new Input.QueueHasRoom(subscriber()));
        }
    }

    @Override
    public final List<String> channels() {
        return settings.channels();
    }

    @Override
    public final SubscriptionState state() {
        return context.loop().look(view -> view.stateOf(subscriber()));
    }

    @Override
    public final Optional<SubscribeException> failure() {
        return context.loop().look(view -> view.failureOf(subscriber()));
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
        context.loop().accept(new Input.Leave(subscriber(), false));
        queue.clear();
    }

    /** Identifies the subscription in messages, which the program may keep for longer. */
    final SubscriptionIdentity identity() {
        return identity;
    }

    @Override
    public final String toString() {
        return "Subscription%s%s".formatted(channels(), closed ? ", closed" : "");
    }

    final SubscriptionSettings settings() {
        return settings;
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

    /** Takes no more messages; the subclass decides about those that wait. */
    void markClosed() {
        closed = true;
        if (!outcome.isDone()) {
            outcome.completeExceptionally(new ClientClosedException(
                    "The subscription to %s was closed before the server had answered.".formatted(channels())));
        }
    }

    /** Adds a delivery to the queue, which may exceed its limit; never waits. */
    final BoundedQueue.Result offer(Delivery delivery, boolean mayExceed) {
        BoundedQueue.Result result = queue.add(delivery, mayExceed);
        if (result != BoundedQueue.Result.FULL) {
            arrived();
        }
        return result;
    }

    void arrived() {
        // The queue has woken the waiting threads.
    }

    /** Called when the client is disconnected, so that no message will arrive. */
    void disconnected(Supplier<RuntimeException> why) {
        // A handler does not learn of a lost session.
    }

    /** Called when the client connects, so that messages may arrive. */
    void connecting() {
        // A handler does not learn of a new session.
    }

    // Called by the program's threads

    /** Returns a future that completes when the server has accepted all channels, and fails when it refuses one. */
    final CompletableFuture<@Nullable Void> outcome() {
        return outcome;
    }

    /** {@return why the subscription could not begin, {@code null} if it has begun} */
    final @Nullable RuntimeException refusal() {
        return refusal;
    }

    /** Whether the program's code is running or about to run for this subscription. */
    final boolean isRunning() {
        return worker != null && !worker.isIdle();
    }

    @Override
    public final boolean isCurrent() {
        return worker != null && worker.isCurrent();
    }

    /** A handler that closes the subscription that calls it cannot wait for itself, and receives no more messages. */
    @Override
    public final boolean awaitIdle(long deadlineNs) throws InterruptedException {
        return worker == null || !worker.isCurrent() && worker.awaitIdle(deadlineNs);
    }

    @Override
    public final void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Binds the data of a message, on the thread of the program's code. */
    final Message<T> bind(Delivery delivery) {
        return new DeliveredMessage<>(identity, delivery, context.payloads(), settings.type() == JsonValue.class
                ? DeliveredMessage.UNPARSED
                : context.payloads().read(delivery.message(), settings.type()));
    }

    final Observer observer() {
        return context.events().observer();
    }

    /** Begins to time the handling of a message, including its binding; {@code null} without an observer. */
    final @Nullable Timed timed(Delivery delivery) {
        return delivery instanceof Delivery.Timestamped timestamped
                ? observer().handled(delivery.channel(), timestamped.arrivedNs())
                : null;
    }

    final boolean countsHandled() {
        return context.positions().isOn();
    }

    /** Records that a message and all before it were handled. */
    final void handled(Delivery delivery) {
        context.positions().handled(subscriber(), delivery);
    }

    /** Closes the subscription before a message that was not handled. */
    final void stopHere() {
        context.loop().accept(new Input.Leave(subscriber(), true));
        queue.clear();
    }

    final void report(ClientEvent event) {
        context.events().report(event);
    }
}
