package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pulls for one subscriber of a publisher what it asks for, on a thread that exists only while it has asked for something.
 * The numbers are those of the rules of Reactive Streams.
 *
 * @param <T> the type of the data
 */
public final class MessageFlow<T> implements Flow.Subscription {

    /** Waits for the server's yes. */
    @FunctionalInterface
    public interface Activation {

        /**
         * Waits.
         *
         * @param started is closed if this throws
         * @throws InterruptedException if the thread is interrupted
         */
        void await(Started<? extends PullSubscription<?>> started) throws InterruptedException;
    }

    private final Wish wish;
    private final Activation activation;
    private final Worker worker;
    private final AtomicLong demand = new AtomicLong();
    private final ReentrantLock lock;
    private final Condition asked;
    private volatile Runnable checkOpen = () -> {
        // Nothing has begun.
    };
    private volatile @Nullable Started<PullSubscription<T>> started;
    private volatile @Nullable Throwable failure;
    private volatile boolean cancelled;
    /** Whether {@link #begin} knows the subscription, or why there is none: it may end before that. */
    private volatile boolean begun;
    /** Nothing refers to it after the end (3.13). For the worker only, as is what follows. */
    private Flow.@Nullable Subscriber<? super Message<T>> subscriber;
    private boolean introduced;
    private boolean active;

    /**
     * Starts nothing yet.
     *
     * @param runtime starts the thread
     * @param clientName for the thread
     * @param wish what to subscribe to
     * @param subscriber gets the messages
     * @param activation waits for the server's yes
     */
    public MessageFlow(ClientRuntime runtime, String clientName, Wish wish,
            Flow.Subscriber<? super Message<T>> subscriber, Activation activation) {
        this.wish = wish.committedByHand();
        this.subscriber = subscriber;
        this.activation = activation;
        this.lock = runtime.newLock();
        this.asked = lock.newCondition();
        this.worker = new Worker(runtime, "bayeux-%s-flow-%s".formatted(clientName, wish.channels().getFirst()),
                this::run, runtime.handlerExecutor(), this::notStarted);
    }

    /**
     * Asks the server, in the order of the calls, and begins to signal.
     *
     * @param subscriptions knows the server
     * @param checkClient throws if the client is closed
     */
    public void begin(Subscribers subscriptions, Runnable checkClient) {
        checkOpen = checkClient;
        try {
            checkClient.run();
            started = subscriptions.startRead(wish, worker);
        } catch (RuntimeException refused) {
            // What is thrown to who calls start() is a signal here (1.9).
            failure = refused;
        }
        begun = true;
        worker.wake();
    }

    /** Before there is a subscription nobody could be told; the executor is called once more anyway. */
    private void notStarted(Throwable why) {
        Started<PullSubscription<T>> now = started;
        if (now != null) {
            ((PulledSubscription<T>) now.subscription())
                    .tell(new ClientEvent.HandlerNotStarted(wish.channels().getFirst(), why));
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            failure = new IllegalArgumentException(
                    "A subscriber asks for more than zero messages, not for %d (rule 3.9 of Reactive Streams)."
                            .formatted(n));
            close();
            worker.wake();
            signalAsked();
        } else if (demand.getAndAccumulate(n, MessageFlow::plus) == 0) {
            worker.wake();
            signalAsked();
        }
    }

    private void signalAsked() {
        lock.lock();
        try {
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** More than can be counted is without limit (3.17). */
    private static long plus(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    @Override
    public void cancel() {
        cancelled = true;
        close();
        worker.wake();
        signalAsked();
    }

    private void close() {
        Started<PullSubscription<T>> now = started;
        if (now != null) {
            now.subscription().close();
        }
    }

    private void run() {
        Flow.Subscriber<? super Message<T>> told = subscriber;
        if (told == null || !begun) {
            return;
        }
        try {
            if (goesOn(told)) {
                return;
            }
        } catch (InterruptedException closing) {
            // The client is closed and does not wait any longer.
        } catch (ClientClosedException closed) {
            if (failure == null && isOverflown()) {
                failure = closed;
            }
        } catch (RuntimeException failed) {
            failure = failure == null ? failed : failure;
        }
        subscriber = null;
        close();
        tellEnd(told);
    }

    /** Whether there is only a pause, until the subscriber asks for more. */
    private boolean goesOn(Flow.Subscriber<? super Message<T>> told) throws InterruptedException {
        if (!introduced) {
            introduced = true;
            if (!isHeard(() -> told.onSubscribe(this))) {
                return false;
            }
        }
        Started<PullSubscription<T>> now = started;
        if (now == null) {
            return false;
        }
        if (!active && !cancelled) {
            activate(now);
        }
        PulledSubscription<T> pulled = (PulledSubscription<T>) now.subscription();
        while (true) {
            while (demand.get() > 0 && !cancelled && failure == null) {
                if (!isHanded(pulled, told)) {
                    return false;
                }
            }
            if (cancelled || failure != null) {
                return false;
            }
            if (pulled.isClosed() && pulled.queue.isEmpty()) {
                pulled.take();
            }
            if (!pulled.isClosed() || !isClientClosed()) {
                return !worker.isStopped();
            }
            awaitDemand();
        }
    }

    private boolean isClientClosed() {
        try {
            checkOpen.run();
            return false;
        } catch (ClientClosedException closed) {
            return true;
        }
    }

    /** Until there is some: the client waits for what is left as it does for a handler, and then interrupts. */
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

    /** That the client is closed before there is a subscription is a failure, and after that an end. */
    private void activate(Started<PullSubscription<T>> now) throws InterruptedException {
        try {
            activation.await(now);
            active = true;
        } catch (ClientClosedException closed) {
            failure = failure == null ? closed : failure;
            throw closed;
        } catch (InterruptedException closing) {
            failure = failure == null ? new ClientClosedException("The client was closed.") : failure;
            throw closing;
        }
    }

    private boolean isHanded(PulledSubscription<T> pulled, Flow.Subscriber<? super Message<T>> told)
            throws InterruptedException {
        try {
            Delivery delivery = pulled.takeUnbound();
            if (cancelled) {
                return false;
            }
            Timed timed = pulled.timed(delivery);
            Throwable failure = hand(pulled, delivery, told);
            Timed.end(timed, failure);
            if (failure == null) {
                pulled.done(delivery);
                demand.getAndUpdate(left -> left == Long.MAX_VALUE ? left : left - 1);
            } else {
                pulled.tell(new ClientEvent.HandlerFailed(pulled, delivery.channel(), failure, 1));
            }
            return !cancelled;
        } finally {
            // Left behind by what binds, or by the store of positions.
            forgetInterrupt();
        }
    }

    /** Gives a message to the subscriber; what cannot be bound is left out. */
    private @Nullable Throwable hand(PulledSubscription<T> pulled, Delivery delivery,
            Flow.Subscriber<? super Message<T>> told) {
        Message<T> message;
        try {
            message = pulled.bound(delivery);
        } catch (Throwable unbound) {
            return unbound;
        }
        return signal(() -> told.onNext(message));
    }

    private boolean isHeard(Runnable signal) {
        Throwable failure = signal(signal);
        Started<PullSubscription<T>> now = started;
        if (failure != null && now != null) {
            ((PulledSubscription<T>) now.subscription()).tell(new ClientEvent.HandlerFailed(now.subscription(),
                    wish.channels().getFirst(), failure, 1));
        }
        return failure == null;
    }

    /** A subscriber must not throw; one that does is through (2.13). */
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

    /** One that the program's code leaves behind is not meant for us; the one that stops the worker is. */
    private void forgetInterrupt() {
        if (Thread.interrupted() && worker.isStopped()) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOverflown() {
        Started<PullSubscription<T>> now = started;
        return now != null && wish.overflow() == Overflow.CLOSE && now.subscription().dropped() > 0;
    }

    private void tellEnd(Flow.Subscriber<? super Message<T>> told) {
        Throwable why = failure;
        if (!cancelled) {
            isHeard(why == null ? told::onComplete : () -> told.onError(why));
        }
    }
}
