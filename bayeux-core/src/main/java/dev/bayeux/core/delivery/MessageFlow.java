package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.observe.Timed;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages to one subscriber of a publisher as it requests them, on a thread that exists only while requests are open.
 * The numbers are those of the rules of Reactive Streams.
 */
public final class MessageFlow<T> implements Flow.Subscription, Worker.Task {

    /** Waits until the server has accepted the subscription. */
    @FunctionalInterface
    public interface Activation {

        void await(Started<? extends PullSubscription<?>> started) throws InterruptedException;
    }

    private final SubscriptionSettings settings;
    private final Activation activation;
    private final Worker worker;
    private final AtomicLong demand = new AtomicLong();
    private final ReentrantLock lock;
    private final Condition asked;
    private final Subscribers subscribers;
    private volatile @Nullable PulledSubscription<T> pulled;
    private volatile @Nullable Throwable failure;
    private volatile boolean cancelled;
    /** Cleared at the end (3.13). The worker alone uses this field and the following ones. */
    private Flow.@Nullable Subscriber<? super Message<T>> subscriber;
    private boolean introduced;
    private boolean active;

    public MessageFlow(Subscribers subscribers, SubscriptionSettings settings,
            Flow.Subscriber<? super Message<T>> subscriber, Activation activation) {
        this.subscribers = subscribers;
        this.settings = settings.committedByHand();
        this.subscriber = subscriber;
        this.activation = activation;
        SubscriptionContext context = subscribers.context();
        this.lock = context.runtime().newLock();
        this.asked = lock.newCondition();
        this.worker = new Worker(context.runtime(),
                "bayeux-%s-flow-%s".formatted(context.clientName(), settings.channels().getFirst()),
                context.handlerExecutor());
    }

    /** Subscribes, in the order of the calls, and begins to signal. */
    public void begin() {
        try {
            subscribers.checkOpen();
            pulled = subscribers.startRead(settings, worker);
        } catch (RuntimeException refused) {
            // An exception that start() would throw reaches the subscriber as onError (1.9).
            failure = refused;
        }
        // Not before the flow knows the subscription, or why there is none: the subscription may end before that.
        worker.wake(this);
    }

    /** Reports that the program's executor failed; not before the subscription exists. The executor is called again. */
    @Override
    public void notStarted(Throwable why) {
        PulledSubscription<T> now = pulled;
        if (now != null) {
            now.report(new ClientEvent.HandlerNotStarted(settings.channels().getFirst(), why));
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            failure = new IllegalArgumentException(
                    "A subscriber asks for more than zero messages, not for %d (rule 3.9 of Reactive Streams)."
                            .formatted(n));
            close();
            wake();
        } else if (demand.getAndAccumulate(n, MessageFlow::plus) == 0) {
            wake();
        }
    }

    private void wake() {
        worker.wake(this);
        lock.lock();
        try {
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a request; a sum above {@code Long.MAX_VALUE} is unlimited (3.17). */
    private static long plus(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    @Override
    public void cancel() {
        cancelled = true;
        close();
        wake();
    }

    private void close() {
        PulledSubscription<T> now = pulled;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public void work() {
        Flow.Subscriber<? super Message<T>> to = subscriber;
        if (to == null) {
            return;
        }
        try {
            if (isPausing(to)) {
                return;
            }
        } catch (InterruptedException closing) {
            // The client was closed and its timeout has passed.
        } catch (ClientClosedException closed) {
            if (failure == null && isOverflown()) {
                failure = closed;
            }
        } catch (RuntimeException failed) {
            failure = failure == null ? failed : failure;
        }
        subscriber = null;
        close();
        signalEnd(to);
    }

    /** Whether the flow only pauses until the subscriber requests more. */
    private boolean isPausing(Flow.Subscriber<? super Message<T>> to) throws InterruptedException {
        if (!introduced) {
            introduced = true;
            if (!isSignalled(() -> to.onSubscribe(this))) {
                return false;
            }
        }
        PulledSubscription<T> now = pulled;
        if (now == null) {
            return false;
        }
        if (!active && !cancelled) {
            activate(now);
        }
        while (true) {
            while (demand.get() > 0 && !cancelled && failure == null) {
                if (!passesNext(now, to)) {
                    return false;
                }
            }
            if (cancelled || failure != null) {
                return false;
            }
            if (now.isClosed() && now.queue.isEmpty()) {
                now.take();
            }
            if (!now.isClosed() || !subscribers.context().loop().isClosed()) {
                return !worker.isStopped();
            }
            awaitDemand();
        }
    }

    /** Waits for the next message. A closing client waits for the messages that are left, as for a handler, then interrupts. */
    private void awaitDemand() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (demand.get() == 0 && !cancelled && failure == null) {
                asked.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A close before the subscription exists is a failure; a later one completes the subscriber. */
    private void activate(PulledSubscription<T> now) throws InterruptedException {
        try {
            activation.await(new Started<>(now, now.outcome()));
            active = true;
        } catch (ClientClosedException closed) {
            failure = failure == null ? closed : failure;
            throw closed;
        } catch (InterruptedException closing) {
            failure = failure == null ? new ClientClosedException("The client was closed.") : failure;
            throw closing;
        }
    }

    private boolean passesNext(PulledSubscription<T> pulled, Flow.Subscriber<? super Message<T>> to)
            throws InterruptedException {
        try {
            Delivery delivery = pulled.takeUnbound();
            if (cancelled) {
                return false;
            }
            Timed timed = pulled.timed(delivery);
            Throwable failure = hand(pulled, delivery, to);
            Timed.end(timed, failure);
            if (failure == null) {
                pulled.done(delivery);
                demand.getAndUpdate(left -> left == Long.MAX_VALUE ? left : left - 1);
            } else {
                pulled.report(new ClientEvent.HandlerFailed(pulled, delivery.channel(), failure, 1));
            }
            return !cancelled;
        } finally {
            // The binding or the position store left the interrupt status set.
            forgetInterrupt();
        }
    }

    /** Passes a message to the subscriber; skips a message that cannot be bound. */
    private @Nullable Throwable hand(PulledSubscription<T> pulled, Delivery delivery,
            Flow.Subscriber<? super Message<T>> to) {
        Message<T> message;
        try {
            message = pulled.bound(delivery);
        } catch (Throwable unbound) {
            return unbound;
        }
        return signal(() -> to.onNext(message));
    }

    private boolean isSignalled(Runnable signal) {
        Throwable failure = signal(signal);
        PulledSubscription<T> now = pulled;
        if (failure != null && now != null) {
            now.report(new ClientEvent.HandlerFailed(now, settings.channels().getFirst(), failure, 1));
        }
        return failure == null;
    }

    /** Cancels a subscriber that throws (2.13). */
    private @Nullable Throwable signal(Runnable signal) {
        try {
            signal.run();
            return null;
        } catch (Throwable forbidden) {
            cancelled = true;
            return forbidden;
        } finally {
            forgetInterrupt();
        }
    }

    /** Clears an interrupt of the program's code, unless the worker was stopped. */
    private void forgetInterrupt() {
        if (Thread.interrupted() && worker.isStopped()) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOverflown() {
        PulledSubscription<T> now = pulled;
        return now != null && settings.overflow() == Overflow.CLOSE && now.dropped() > 0;
    }

    private void signalEnd(Flow.Subscriber<? super Message<T>> to) {
        Throwable why = failure;
        if (!cancelled) {
            isSignalled(why == null ? to::onComplete : () -> to.onError(why));
        }
    }
}
