package dev.bayeux.core.delivery;

import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subscription whose messages the program pulls, or a {@link MessageFlow} pulls for it. */
final class PulledSubscription<T> extends CoreSubscription<T> implements PullSubscription<T> {

    private final ClientRuntime runtime;
    private final UnhandledMessages unhandled;
    private final @Nullable Worker reader;

    PulledSubscription(SubscriptionContext context, SubscriptionSettings settings, @Nullable Worker reader) {
        super(context, settings, reader);
        this.reader = reader;
        this.runtime = context.runtime();
        this.unhandled = new UnhandledMessages(runtime.newLock());
    }

    @Override
    public Message<T> take() throws InterruptedException {
        return hand(takeUnbound());
    }

    /**
     * Takes a message for a reader of the engine, which times the handling itself and reports when the message was handled.
     */
    Delivery takeUnbound() throws InterruptedException {
        return Objects.requireNonNull(next(Long.MAX_VALUE));
    }

    @Override
    public Optional<Message<T>> poll(Duration limit) throws InterruptedException {
        Delivery next = next(runtime.after(limit));
        return next == null ? Optional.empty() : Optional.of(hand(next));
    }

    private @Nullable Delivery next(long deadlineNs) throws InterruptedException {
        if (!countsHandled()) {
            return queue.take(deadlineNs);
        }
        unhandled.release().forEach(this::done);
        return queue.take(deadlineNs, unhandled::leaving);
    }

    @Override
    public List<Message<T>> poll(int max, Duration limit) throws InterruptedException {
        if (max <= 0) {
            throw new IllegalArgumentException("poll takes more than zero messages: " + max);
        }
        unhandled.release().forEach(this::done);
        List<Delivery> all = queue.takeAll(max, runtime.after(limit),
                countsHandled() ? unhandled::leaving : nothing -> {});
        List<Message<T>> messages = new ArrayList<>(all.size());
        try {
            for (Delivery each : all) {
                observePulled(each);
                messages.add(messages.isEmpty() ? bound(each) : bind(each));
            }
        } catch (PayloadException unreadable) {
            // The list ends before this message; if it is the first, it is consumed with this failure.
            int from = Math.max(1, messages.size());
            if (!isClosed()) {
                queue.putBack(all.subList(from, all.size()));
            }
            if (messages.isEmpty()) {
                throw unreadable;
            }
        }
        if (countsHandled() && !settings().manualCommit()) {
            unhandled.hold(List.copyOf(all.subList(0, messages.size())));
        }
        return List.copyOf(messages);
    }

    private void observePulled(Delivery delivery) {
        if (delivery instanceof Delivery.Timestamped timestamped) {
            observer().pulled(delivery.channel(), timestamped.arrivedNs());
        }
    }

    private Message<T> hand(Delivery delivery) {
        observePulled(delivery);
        Message<T> message = bound(delivery);
        if (countsHandled() && !settings().manualCommit()) {
            unhandled.hold(List.of(delivery));
        }
        return message;
    }

    /** Binds the data of a message; a message that cannot be bound counts as handled. */
    Message<T> bound(Delivery delivery) {
        boolean bound = false;
        try {
            Message<T> message = bind(delivery);
            bound = true;
            return message;
        } finally {
            if (!bound) {
                done(delivery);
            }
        }
    }

    @Override
    public void commit(Message<T> message) {
        if (!(message instanceof DeliveredMessage<T> own) || !own.isOf(identity())) {
            throw new IllegalArgumentException(
                    "%s was not taken from the subscription to %s and cannot be committed there.".formatted(message,
                            channels()));
        }
        done(own.delivery());
    }

    void done(Delivery delivery) {
        unhandled.done(delivery).forEach(this::handled);
    }

    @Override
    public Iterator<Message<T>> iterator() {
        return new Iterator<>() {
            private @Nullable Message<T> next;

            @Override
            public boolean hasNext() {
                if (next != null) {
                    return true;
                }
                try {
                    next = take();
                    return true;
                } catch (ClientClosedException closed) {
                    return false;
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public Message<T> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("The subscription is closed, or the thread was interrupted.");
                }
                Message<T> taken = Objects.requireNonNull(next);
                next = null;
                return taken;
            }
        };
    }

    @Override
    void markClosed() {
        super.markClosed();
        queue.end(() -> new ClientClosedException("The subscription to %s is closed.".formatted(channels())));
        if (reader != null) {
            reader.wakeAgain();
        }
    }

    @Override
    void notRestored(SubscribeException why) {
        if (reader == null) {
            queue.notifyOnce(() -> new SubscribeException(why.kind(), why.channel(), why.getMessage(), why));
        }
    }

    @Override
    void disconnected(Supplier<RuntimeException> why) {
        if (!isClosed()) {
            queue.end(why);
        }
    }

    @Override
    void connecting() {
        if (!isClosed()) {
            queue.end(null);
        }
    }
}
