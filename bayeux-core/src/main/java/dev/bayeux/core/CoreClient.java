package dev.bayeux.core;

import dev.bayeux.api.AsyncClient;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PublishBatch;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.TypeToken;
import dev.bayeux.core.Waiters.Beginning;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Wish;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.JsonData;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.session.SessionEvent;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The client as programs hold it: turns calls into events and requests, and waits. */
final class CoreClient implements BayeuxClient {

    private final ClientConfig config;
    private final Session session;
    private final Payloads payloads;
    private final Events events;
    private final Replies replies;
    private final @Nullable CoreOutbox outbox;
    private final Waiters waiters;
    private final AsyncClient async;
    private final ClientLife life;

    CoreClient(ClientConfig config, Session session, Payloads payloads, Events events) {
        this.config = config;
        this.session = session;
        this.payloads = payloads;
        this.events = events;
        this.replies = new Replies(session, config.timeouts());
        this.waiters = new Waiters(session.runtime(), session.clientName());
        OutboxLimits limits = config.outbox();
        this.outbox = limits == null ? null : new CoreOutbox(session, replies, limits, this::requestsOf);
        this.life = new ClientLife(session, events, outbox, config.timeouts());
        this.async = new CoreAsync(this, life, waiters);
    }

    // Life

    @Override
    public void connect() throws InterruptedException {
        life.connect();
    }

    @Override
    public void disconnect() {
        life.disconnect();
    }

    @Override
    public void reconnect() throws InterruptedException {
        life.reconnect();
    }

    @Override
    public void suspend() {
        session.happened(new SessionEvent.SuspendWanted());
    }

    @Override
    public void resume() {
        session.happened(new SessionEvent.ResumeWanted());
    }

    @Override
    public void checkConnection() {
        session.happened(new SessionEvent.ConnectionDoubted());
    }

    @Override
    public void close() {
        life.close();
    }

    // Subscriptions

    @Override
    public SubscriptionBuilder<JsonValue> subscription(String... channels) {
        if (channels.length == 0) {
            throw new IllegalArgumentException("A subscription needs at least one channel.");
        }
        List<String> all = List.of(channels);
        all.forEach(config.channelRules()::checkSubscription);
        return new CoreSubscriptionBuilder<>(waiters, life::checkOpen, session.subscriptions(), config,
                Wish.of(all, JsonValue.class, config.limits().maxWaitingMessages(), Overflow.PAUSE));
    }

    @Override
    public List<Subscription> subscriptions() {
        return session.subscriptions().all();
    }

    // Publishing

    @Override
    public void publish(String channel, @Nullable Object data) throws InterruptedException {
        publishing(channel, data).begin().make();
    }

    /** Makes the request on this thread; it is queued when the call begins. */
    Beginning<@Nullable Void> publishing(String channel, @Nullable Object data) {
        Request request = request(Kind.PUBLISH, channel, data);
        return () -> {
            Timed timed = replies.submit(request);
            return () -> {
                replies.await(request, timed);
                return null;
            };
        };
    }

    @Override
    public void batch(Consumer<PublishBatch> messages) throws InterruptedException {
        batching(messages).begin().make();
    }

    Beginning<@Nullable Void> batching(Consumer<PublishBatch> messages) {
        life.checkOpen();
        List<Request> requests = new ArrayList<>();
        messages.accept((channel, data) -> requests.add(request(Kind.PUBLISH, channel, data)));
        return () -> {
            List<Timed> timed = requests.isEmpty() ? List.of() : replies.submitAll(requests);
            return () -> {
                replies.awaitAll(requests, timed);
                return null;
            };
        };
    }

    @Override
    public <T> @Nullable T call(String channel, @Nullable Object data, TypeToken<T> type, @Nullable Duration limit)
            throws InterruptedException {
        return calling(channel, data, type, limit).begin().make();
    }

    <T> Beginning<@Nullable T> calling(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit) {
        if (!channel.startsWith("/service/")) {
            throw new IllegalArgumentException(
                    "Only channels below /service/ have an answer: \"%s\"".formatted(channel));
        }
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException("The limit of a call must be more than zero: %s".formatted(limit));
        }
        Request request = request(Kind.CALL, channel, data);
        return () -> {
            Timed timed = replies.submit(request);
            return () -> {
                IncomingMessage answer = Objects.requireNonNull(replies.await(request, limit, timed));
                return unchecked(payloads.read(answer, type.type()));
            };
        };
    }

    @SuppressWarnings("unchecked") // made for the type of the token
    private static <T> @Nullable T unchecked(@Nullable Object value) {
        return (T) value;
    }

    /** Looks at a message once, and makes as many requests of it as are needed. */
    private Supplier<Request> requestsOf(String channel, @Nullable Object data) {
        life.checkOpen();
        config.channelRules().checkPublish(channel);
        JsonData written = payloads.write(channel, data);
        JsonObject ext = payloads.extOf(data);
        return () -> Request.ofData(Kind.PUBLISH, channel, written, ext);
    }

    @Override
    public AsyncClient async() {
        return async;
    }

    @Override
    public Outbox outbox() {
        if (outbox == null) {
            throw new IllegalStateException(
                    "This client has no outbox; build it with outbox(OutboxLimits.DEFAULT), for example.");
        }
        return outbox;
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return session.await(any -> any.outgoing().isSettled() && (outbox == null || outbox.size() == 0),
                session.runtime().after(limit));
    }

    private Request request(Kind kind, String channel, @Nullable Object data) {
        life.checkOpen();
        config.channelRules().checkPublish(channel);
        return Request.ofData(kind, channel, payloads.write(channel, data), payloads.extOf(data));
    }

    // Looking

    @Override
    public ClientState state() {
        return session.shown();
    }

    @Override
    public boolean isReady() {
        return session.isReady();
    }

    @Override
    public Optional<ClientState> awaitState(Predicate<ClientState> condition, Duration limit)
            throws InterruptedException {
        long deadlineNs = session.runtime().after(limit);
        ClientState now = session.shown();
        // Asked without the session's lock: the condition is code of the program, which may wait and may call us.
        while (!condition.test(now)) {
            ClientState seen = now;
            if (!session.await(any -> any.shown() != seen || isFinal(any), deadlineNs)) {
                return Optional.empty();
            }
            now = session.shown();
            if (now == seen) {
                return Optional.empty();
            }
        }
        return Optional.of(now);
    }

    /** Whether no other state will come. */
    private static boolean isFinal(Session session) {
        return session.isClosed() && session.isOver();
    }

    @Override
    public boolean awaitReady(Duration limit) throws InterruptedException {
        // What was seen while waiting counts, whatever has become of it since.
        AtomicBoolean ready = new AtomicBoolean();
        session.await(any -> {
            ready.set(any.isReady());
            return ready.get() || any.isClosed();
        }, session.runtime().after(limit));
        return ready.get();
    }

    @Override
    public ListenerRegistration listen(Consumer<? super ClientEvent> listener) {
        return events.listen(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public Optional<String> clientId() {
        return session.clientId();
    }

    @Override
    public String toString() {
        return "BayeuxClient[%s, %s]".formatted(session.clientName(), session.shown().status());
    }
}
