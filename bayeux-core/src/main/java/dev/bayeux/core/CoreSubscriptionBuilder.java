package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Message;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.call.Waiters;
import dev.bayeux.core.delivery.MessageFlow;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.delivery.Subscribers;
import dev.bayeux.core.delivery.SubscriptionSettings;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Starts a subscription and waits until the server has accepted it. */
final class CoreSubscriptionBuilder<T> implements SubscriptionBuilder<T> {

    private final Waiters waiters;
    private final Subscribers subscriptions;
    private final ClientConfig config;
    private SubscriptionSettings settings;

    CoreSubscriptionBuilder(Waiters waiters, Subscribers subscriptions,
            ClientConfig config, SubscriptionSettings settings) {
        this.waiters = waiters;
        this.subscriptions = subscriptions;
        this.config = config;
        this.settings = settings;
    }

    @Override
    public <U> SubscriptionBuilder<U> as(Class<U> newType) {
        return as((Type) newType);
    }

    @Override
    public <U> SubscriptionBuilder<U> as(Type newType) {
        return new CoreSubscriptionBuilder<>(waiters, subscriptions, config,
                settings.as(Objects.requireNonNull(newType, "type")));
    }

    @Override
    public SubscriptionBuilder<T> queue(int messages, Overflow newOverflow) {
        if (messages <= 0) {
            throw new IllegalArgumentException("A queue must have room for more than zero messages: " + messages);
        }
        settings = settings.queue(messages, Objects.requireNonNull(newOverflow, "overflow"));
        return this;
    }

    @Override
    public SubscriptionBuilder<T> onHandlerFailure(OnHandlerFailure action) {
        settings = settings.onHandlerFailure(Objects.requireNonNull(action, "action"));
        return this;
    }

    @Override
    public SubscriptionBuilder<T> fromStoredOr(Position start) {
        checkReplay(start);
        settings = settings.beginning(null, start);
        return this;
    }

    @Override
    public SubscriptionBuilder<T> from(Position start) {
        checkReplay(start);
        settings = settings.beginning(start, start);
        return this;
    }

    private void checkReplay(Position start) {
        if (config.positions().isEmpty()) {
            throw new IllegalStateException(
                    "This client has no replay, so it cannot choose where a channel begins; ClientBuilder.replay turns it on.");
        }
        if (start.isAfterMessage() && settings.channels().size() > 1) {
            throw new IllegalArgumentException(
                    "A position after a message is for one channel, not for all of %s.".formatted(settings.channels()));
        }
    }

    @Override
    public SubscriptionBuilder<T> manualCommit() {
        settings = settings.committedByHand();
        return this;
    }

    @Override
    public Subscription start(MessageHandler<T> handler) throws InterruptedException {
        check(handler);
        return awaitActive(subscriptions.start(settings, handler));
    }

    @Override
    public CompletableFuture<Subscription> startAsync(MessageHandler<T> handler) {
        try {
            check(handler);
        } catch (BayeuxException failed) {
            return CompletableFuture.failedFuture(failed);
        }
        SubscriptionSettings all = settings;
        return inOrder(() -> subscriptions.start(all, handler));
    }

    @Override
    public CompletableFuture<PullSubscription<T>> startAsync() {
        SubscriptionSettings all = settings;
        return inOrder(() -> subscriptions.start(all));
    }

    private <S extends Subscription> CompletableFuture<S> inOrder(Supplier<Started<S>> start) {
        return waiters.inOrder(() -> {
            subscriptions.checkOpen();
            Started<S> started = start.get();
            return () -> awaitActive(started);
        }, Subscription::close);
    }

    private void check(MessageHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        subscriptions.checkOpen();
        checkNotByHand("a handler has handled a message when it returns");
    }

    private void checkNotByHand(String otherwise) {
        if (settings.manualCommit()) {
            throw new IllegalStateException(
                    "manualCommit() is for subscriptions that are pulled; %s.".formatted(otherwise));
        }
    }

    @Override
    public PullSubscription<T> start() throws InterruptedException {
        subscriptions.checkOpen();
        return awaitActive(subscriptions.start(settings));
    }

    @Override
    public Flow.Publisher<Message<T>> publisher() {
        checkNotByHand("a subscriber has handled a message when onNext returns");
        SubscriptionSettings all = settings;
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            new MessageFlow<T>(subscriptions, all, subscriber, this::awaitActive).begin();
        };
    }

    private <S extends Subscription> S awaitActive(Started<S> started) throws InterruptedException {
        boolean active = false;
        Duration limit = config.timeouts().send().plus(config.timeouts().reply());
        try {
            waiters.runtime().get(started.outcome(), limit.toNanos());
            active = true;
            return started.subscription();
        } catch (TimeoutException timedOut) {
            SubscribeException refused = started.subscription().failure().orElse(null);
            if (refused != null) {
                throw new SubscribeException(refused.kind(), refused.channel(),
                        "%s The client has asked again for %d ms (sendTimeout and replyTimeout)."
                                .formatted(refused.getMessage(), limit.toMillis()),
                        refused.getCause());
            }
            throw new SubscribeException(FailureKind.TRANSIENT, settings.channels().getFirst(),
                    "No subscription to %s: %s has not answered within %d ms (sendTimeout and replyTimeout)."
                            .formatted(settings.channels(), server(), limit.toMillis()),
                    timedOut);
        } catch (ExecutionException failed) {
            throw here(Objects.requireNonNullElse(failed.getCause(), failed));
        } finally {
            if (!active) {
                started.subscription().close();
            }
        }
    }

    private String server() {
        return config.endpoints().size() == 1 ? config.endpoints().getFirst().toString() : "the server";
    }

    /** Returns the failure with the stack of the waiting thread, which shows the call. */
    private RuntimeException here(Throwable there) {
        return switch (there) {
            case SubscribeException refused -> new SubscribeException(refused.kind(), refused.channel(),
                    refused.getMessage(), refused.getCause());
            case DisconnectedException ended -> new DisconnectedException(ended.kind(), ended.getMessage(),
                    ended.getCause());
            case ClientClosedException closed -> new ClientClosedException(closed.getMessage());
            default -> new IllegalStateException("The subscription failed with an unexpected exception; see the cause.",
                    there);
        };
    }
}
