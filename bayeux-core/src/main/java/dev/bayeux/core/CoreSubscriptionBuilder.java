package dev.bayeux.core;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.delivery.Subscriptions;
import dev.bayeux.core.delivery.Subscriptions.Started;
import dev.bayeux.core.runtime.ClientRuntime;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Starts a subscription and waits for the server's yes. */
final class CoreSubscriptionBuilder<T> implements SubscriptionBuilder<T> {

    private final ClientRuntime runtime;
    private final Runnable checkOpen;
    private final Subscriptions subscriptions;
    private final ClientConfig config;
    private final List<String> channels;
    private final Type type;
    private int queueLimit;
    private Overflow overflow = Overflow.PAUSE;

    CoreSubscriptionBuilder(ClientRuntime runtime, Runnable checkOpen, Subscriptions subscriptions,
            ClientConfig config, List<String> channels, Type type) {
        this.runtime = runtime;
        this.checkOpen = checkOpen;
        this.subscriptions = subscriptions;
        this.config = config;
        this.channels = channels;
        this.type = type;
        this.queueLimit = config.limits().maxWaitingMessages();
    }

    @Override
    public <U> SubscriptionBuilder<U> as(Class<U> newType) {
        return as((Type) newType);
    }

    @Override
    public <U> SubscriptionBuilder<U> as(Type newType) {
        CoreSubscriptionBuilder<U> typed = new CoreSubscriptionBuilder<>(runtime, checkOpen, subscriptions, config,
                channels, Objects.requireNonNull(newType, "type"));
        typed.queueLimit = queueLimit;
        typed.overflow = overflow;
        return typed;
    }

    @Override
    public SubscriptionBuilder<T> queue(int messages, Overflow newOverflow) {
        if (messages <= 0) {
            throw new IllegalArgumentException("A queue must have room for more than zero messages: " + messages);
        }
        queueLimit = messages;
        overflow = Objects.requireNonNull(newOverflow, "overflow");
        return this;
    }

    @Override
    public Subscription start(MessageHandler<T> handler) throws InterruptedException {
        Objects.requireNonNull(handler, "handler");
        checkOpen.run();
        return awaitActive(subscriptions.start(channels, type, queueLimit, overflow, handler));
    }

    @Override
    public PullSubscription<T> start() throws InterruptedException {
        checkOpen.run();
        return awaitActive(subscriptions.start(channels, type, queueLimit, overflow));
    }

    private <S extends Subscription> S awaitActive(Started<S> started) throws InterruptedException {
        boolean active = false;
        Duration limit = config.timeouts().send().plus(config.timeouts().reply());
        try {
            runtime.get(started.outcome(), limit.toNanos());
            active = true;
            return started.subscription();
        } catch (TimeoutException late) {
            throw new SubscribeException(FailureKind.TRANSIENT, channels.getFirst(),
                    "No subscription to %s: the server has not answered within %d ms (sendTimeout and replyTimeout)."
                            .formatted(channels, limit.toMillis()),
                    late);
        } catch (ExecutionException failed) {
            throw here(failed.getCause());
        } finally {
            if (!active) {
                started.subscription().close();
            }
        }
    }

    /** The same failure with the stack of the thread that waited: it points at the call. */
    private RuntimeException here(Throwable there) {
        return switch (there) {
            case SubscribeException refused -> new SubscribeException(refused.kind(), refused.channel(),
                    refused.getMessage(), refused.getCause());
            case DisconnectedException ended -> new DisconnectedException(ended.kind(), ended.getMessage(),
                    ended.getCause());
            case ClientClosedException closed -> new ClientClosedException(closed.getMessage());
            default -> new IllegalStateException("The subscription failed in an unforeseen way.", there);
        };
    }
}
