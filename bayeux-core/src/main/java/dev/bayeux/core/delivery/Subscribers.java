package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.Subscriber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of the program, which last through all sessions: makes them, lists them and closes them. The server
 * half of a subscription is in the protocol's core.
 */
public final class Subscribers {

    private final SubscriptionParts parts;
    private final ReentrantLock lock;
    private final Set<LocalSubscription<?>> open = new LinkedHashSet<>();
    private final ClosedSubscriptions finishing = new ClosedSubscriptions();
    /** The subscriptions whose threads {@link #close} waits for. */
    private List<LocalSubscription<?>> ending = List.of();

    /**
     * With no subscription yet.
     *
     * @param parts what all subscriptions share
     */
    public Subscribers(SubscriptionParts parts) {
        this.parts = parts;
        this.lock = parts.runtime().newLock();
    }

    // What the program does

    /** A subscription that was made and waits for the server. */
    public record Started<S extends Subscription>(S subscription, CompletableFuture<@Nullable Void> outcome) {}

    /** Subscribes a handler. */
    public <T> Started<Subscription> start(Wish wish, MessageHandler<T> handler) {
        HandledSubscription<T> local = new HandledSubscription<>(parts, wish, handler);
        return new Started<>(local, join(local));
    }

    /** Subscribes a program that pulls. */
    public <T> Started<PullSubscription<T>> start(Wish wish) {
        return startRead(wish, null);
    }

    /** Subscribes a program that pulls; a reader, if there is one, pulls for it. */
    <T> Started<PullSubscription<T>> startRead(Wish wish, @Nullable Worker reader) {
        PulledSubscription<T> local = new PulledSubscription<>(parts, wish, reader);
        return new Started<>(local, join(local));
    }

    private CompletableFuture<@Nullable Void> join(LocalSubscription<?> local) {
        parts.loop().accept(new Input.Join(local.subscriber(), parts.positions().starts(local.wish())));
        RuntimeException refusal = local.refusal();
        if (refusal != null) {
            throw refusal;
        }
        return local.outcome();
    }

    /** {@return all that are not closed, in the order in which they were made} */
    public List<Subscription> all() {
        return List.copyOf(snapshot());
    }

    private List<LocalSubscription<?>> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    // What the client's loop does

    private static LocalSubscription<?> local(Subscriber subscriber) {
        return (LocalSubscription<?>) subscriber.subscription();
    }

    /** Carries out an effect. */
    public void joined(Subscriber subscriber) {
        lock.lock();
        try {
            open.add(local(subscriber));
        } finally {
            lock.unlock();
        }
    }

    /** Carries out an effect. */
    public void left(Subscriber subscriber) {
        LocalSubscription<?> local = local(subscriber);
        local.markClosed();
        lock.lock();
        try {
            open.remove(local);
            finishing.add(local);
        } finally {
            lock.unlock();
        }
    }

    /** Carries out an effect. */
    public void refuse(Effect.Refuse effect) {
        local(effect.subscriber()).refuse(effect.why());
    }

    /** Carries out an effect. */
    public void establish(Subscriber subscriber) {
        local(subscriber).establish();
    }

    /** Carries out an effect. */
    public void reject(Effect.Reject effect) {
        local(effect.subscriber()).reject(effect.why());
    }

    /** Lets callers that pull know of a subscription that was not restored. */
    public void notRestored(ClientEvent.SubscriptionRejected event) {
        if (event.subscription() instanceof LocalSubscription<?> local) {
            local.notRestored(event.cause());
        }
    }

    /** There is no session: callers that wait for messages fail. */
    public void stopReceiving(Supplier<? extends BayeuxException> why) {
        snapshot().forEach(local -> local.disconnected(why::get));
    }

    /** A session is being made: callers may wait for messages. */
    public void startReceiving() {
        snapshot().forEach(LocalSubscription::connecting);
    }

    // The end

    /** {@return whether the calling thread runs the program's code for a subscription: {@link #close} waits for it} */
    public boolean isCurrent() {
        lock.lock();
        try {
            return finishing.isCurrent()
                    || Stream.concat(open.stream(), ending.stream()).anyMatch(LocalSubscription::isCurrent);
        } finally {
            lock.unlock();
        }
    }

    /** Lets handlers finish until the deadline, then stops them; after that no code of a subscription runs. */
    public void close(long deadlineNs) {
        List<LocalSubscription<?>> all;
        lock.lock();
        try {
            all = new ArrayList<>(open);
            all.addAll(finishing.takeAll());
            ending = List.copyOf(all);
        } finally {
            lock.unlock();
        }
        parts.loop().accept(new Input.LeaveAll());
        ClosedSubscriptions.end(all, deadlineNs);
    }
}
