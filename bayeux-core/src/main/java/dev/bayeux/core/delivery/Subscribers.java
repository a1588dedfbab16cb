package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.runtime.OwnedThreads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes, lists and closes the subscriptions of the program, which outlive sessions. The core keeps what the server knows of
 * them.
 */
public final class Subscribers {

    private final SubscriptionContext context;
    private final ReentrantLock lock;
    private final Set<CoreSubscription<?>> open = new LinkedHashSet<>();
    /** Closed subscriptions for which the program's code still runs, so that closing the client can wait for it. */
    private final Set<CoreSubscription<?>> finishing = new LinkedHashSet<>();

    public Subscribers(SubscriptionContext context) {
        this.context = context;
        this.lock = context.runtime().newLock();
    }

    // Calls of the program

    public void checkOpen() {
        context.loop().checkOpen();
    }

    SubscriptionContext context() {
        return context;
    }

    /** A subscription whose subscribe request is queued or in flight; {@code outcome} completes with the reply. */
    public record Started<S extends Subscription>(S subscription, CompletableFuture<@Nullable Void> outcome) {}

    /** Makes a subscription whose messages the handler receives. */
    public <T> Started<Subscription> start(SubscriptionSettings settings, MessageHandler<T> handler) {
        HandledSubscription<T> subscription = new HandledSubscription<>(context, settings, handler);
        join(subscription);
        return new Started<>(subscription, subscription.outcome());
    }

    /** Makes a subscription whose messages the program pulls. */
    public <T> Started<PullSubscription<T>> start(SubscriptionSettings settings) {
        PulledSubscription<T> subscription = startRead(settings, null);
        return new Started<>(subscription, subscription.outcome());
    }

    /** Makes a subscription whose messages the program pulls, or a reader if there is one. */
    <T> PulledSubscription<T> startRead(SubscriptionSettings settings, @Nullable Worker reader) {
        PulledSubscription<T> subscription = new PulledSubscription<>(context, settings, reader);
        join(subscription);
        return subscription;
    }

    private void join(CoreSubscription<?> subscription) {
        context.loop()
                .accept(new Input.Join(subscription.subscriber(), context.positions().starts(subscription.settings())));
        RuntimeException refusal = subscription.refusal();
        if (refusal != null) {
            throw refusal;
        }
    }

    /** {@return all that are not closed, in the order in which they were made} */
    public List<Subscription> all() {
        return List.copyOf(snapshot());
    }

    private List<CoreSubscription<?>> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    // Calls of the client's loop

    private static CoreSubscription<?> subscription(Subscriber subscriber) {
        return (CoreSubscription<?>) subscriber.subscription();
    }

    public void joined(Subscriber subscriber) {
        lock.lock();
        try {
            open.add(subscription(subscriber));
        } finally {
            lock.unlock();
        }
    }

    public void left(Subscriber subscriber) {
        CoreSubscription<?> subscription = subscription(subscriber);
        subscription.markClosed();
        lock.lock();
        try {
            open.remove(subscription);
            finishing.removeIf(other -> !other.isRunning());
            if (subscription.isRunning()) {
                finishing.add(subscription);
            }
        } finally {
            lock.unlock();
        }
    }

    public void refuse(Effect.Refuse effect) {
        subscription(effect.subscriber()).refuse(effect.why());
    }

    public void establish(Subscriber subscriber) {
        subscription(subscriber).establish();
    }

    public void reject(Effect.Reject effect) {
        subscription(effect.subscriber()).reject(effect.why());
    }

    public void notRestored(ClientEvent.SubscriptionRejected event) {
        if (event.subscription() instanceof CoreSubscription<?> subscription) {
            subscription.notRestored(event.cause());
        }
    }

    public void stopReceiving(Supplier<? extends BayeuxException> why) {
        snapshot().forEach(subscription -> subscription.disconnected(why::get));
    }

    public void startReceiving() {
        snapshot().forEach(CoreSubscription::connecting);
    }

    // The end

    /** {@return whether the calling thread runs the program's code for a subscription: {@link #close} waits for it} */
    public boolean isCurrent() {
        lock.lock();
        try {
            return Stream.concat(open.stream(), finishing.stream()).anyMatch(CoreSubscription::isCurrent);
        } finally {
            lock.unlock();
        }
    }

    /** Lets handlers finish until the deadline, then stops them; after that no code of a subscription runs. */
    public void close(long deadlineNs) {
        List<CoreSubscription<?>> all;
        lock.lock();
        try {
            all = Stream.<CoreSubscription<?>>concat(open.stream(), finishing.stream()).toList();
        } finally {
            lock.unlock();
        }
        context.loop().accept(new Input.LeaveAll());
        OwnedThreads.join(all, deadlineNs);
    }
}
