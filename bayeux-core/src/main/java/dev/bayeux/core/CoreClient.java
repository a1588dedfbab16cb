package dev.bayeux.core;

import dev.bayeux.api.AsyncClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.Outbox;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PublishBatch;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.TypeToken;
import dev.bayeux.core.call.ClientContext;
import dev.bayeux.core.call.RequestCalls;
import dev.bayeux.core.call.RequestMaker;
import dev.bayeux.core.call.StateHistory;
import dev.bayeux.core.call.Waiters.Beginning;
import dev.bayeux.core.call.Waiters;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Subscribers;
import dev.bayeux.core.delivery.SubscriptionSettings;
import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.outbox.CoreOutbox;
import dev.bayeux.core.protocol.ClientView;
import dev.bayeux.core.protocol.Input;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client that programs hold: turns calls into inputs of the core, and waits for results. */
final class CoreClient implements OrderedCalls {

    private final ClientConfig config;
    private final ClientContext context;
    private final Subscribers subscribers;
    private final Payloads payloads;
    private final Events events;
    private final RequestMaker maker;
    private final RequestCalls replies;
    private final @Nullable CoreOutbox outbox;
    private final Waiters waiters;
    private final ClientLifecycle life;
    private volatile @Nullable AsyncClient async;

    CoreClient(ClientContext context, Subscribers subscribers, Connections connections, ClientThreads threads,
            Payloads payloads, Events events) {
        this.config = context.config();
        this.context = context;
        this.subscribers = subscribers;
        this.payloads = payloads;
        this.events = events;
        this.maker = new RequestMaker(context, payloads);
        this.replies = new RequestCalls(context);
        this.waiters = new Waiters(context.runtime(), context.name());
        OutboxLimits limits = config.outbox().orElse(null);
        this.outbox = limits == null ? null : new CoreOutbox(context, replies, limits, maker);
        if (outbox != null) {
            threads.add(outbox.results());
        }
        this.life = new ClientLifecycle(context, subscribers, connections, threads, outbox);
    }

    // Lifecycle

    @Override
    public void connect() throws InterruptedException {
        life.connect();
    }

    @Override
    public void disconnect() {
        life.disconnect();
    }

    @Override
    public void abort() {
        context.loop().accept(new Input.Abort());
    }

    @Override
    public void reconnect() throws InterruptedException {
        life.reconnect();
    }

    @Override
    public void suspend() {
        context.loop().accept(new Input.Suspend());
    }

    @Override
    public void resume() {
        context.loop().accept(new Input.Resume());
    }

    @Override
    public void checkConnection() {
        context.loop().accept(new Input.CheckConnection());
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
        return new CoreSubscriptionBuilder<>(waiters, subscribers, config,
                SubscriptionSettings.of(all, JsonValue.class, config.limits().maxWaitingMessages(), Overflow.PAUSE));
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscribers.all();
    }

    // Publishing

    @Override
    public PublishReply publish(String channel, @Nullable Object data, @Nullable Duration limit)
            throws InterruptedException {
        Request request = publishRequest(channel, data, limit);
        return accepted(request, limit, replies.submit(request));
    }

    /** Makes the request on this thread, and queues it when the call begins. */
    @Override
    public Beginning<PublishReply> publishing(String channel, @Nullable Object data, @Nullable Duration limit) {
        Request request = publishRequest(channel, data, limit);
        return () -> {
            Timed timed = replies.submit(request);
            return () -> accepted(request, limit, timed);
        };
    }

    private Request publishRequest(String channel, @Nullable Object data, @Nullable Duration limit) {
        checkLimit("publish", limit);
        return maker.request(Kind.PUBLISH, channel, data);
    }

    private PublishReply accepted(Request request, @Nullable Duration limit, @Nullable Timed timed)
            throws InterruptedException {
        return maker.accepted(request, replies.await(request, limit, timed));
    }

    private static void checkLimit(String call, @Nullable Duration limit) {
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException(
                    "The limit of a %s must be more than zero: %s".formatted(call, limit));
        }
    }

    @Override
    public List<PublishReply> batch(Consumer<PublishBatch> messages) throws InterruptedException {
        return batching(messages).begin().make();
    }

    @Override
    public Beginning<List<PublishReply>> batching(Consumer<PublishBatch> messages) {
        context.loop().checkOpen();
        List<Request> requests = new ArrayList<>();
        messages.accept((channel, data) -> requests.add(maker.request(Kind.PUBLISH, channel, data)));
        return () -> {
            List<Timed> timed = requests.isEmpty() ? List.of() : replies.submitAll(requests);
            return () -> {
                replies.awaitAll(requests, timed);
                return requests.stream().map(request -> maker.accepted(request, request.reply().getNow(null))).toList();
            };
        };
    }

    @Override
    public <T> @Nullable T call(String channel, @Nullable Object data, TypeToken<T> type, @Nullable Duration limit)
            throws InterruptedException {
        return calling(channel, data, type, limit).begin().make();
    }

    @Override
    public <T> Beginning<@Nullable T> calling(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit) {
        if (!channel.startsWith("/service/")) {
            throw new IllegalArgumentException(
                    "Only channels below /service/ have an answer: \"%s\"".formatted(channel));
        }
        checkLimit("call", limit);
        Request request = maker.request(Kind.CALL, channel, data);
        return () -> {
            Timed timed = replies.submit(request);
            return () -> {
                IncomingMessage answer = Objects.requireNonNull(replies.await(request, limit, timed));
                return unchecked(payloads.read(answer, type.type()));
            };
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // made for the type of the token
    private static <T> @Nullable T unchecked(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public AsyncClient async() {
        AsyncClient made = async;
        if (made == null) {
            made = new CoreAsync(this, life, waiters);
            async = made;
        }
        return made;
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
        return context.loop().await(view -> view.isSettled() && (outbox == null || outbox.size() == 0),
                context.runtime().after(limit));
    }

    // Observing

    @Override
    public ClientState state() {
        return context.state().now();
    }

    @Override
    public boolean isReady() {
        return context.loop().look(view -> view.isConnected() && view.allActive());
    }

    @Override
    public Optional<ClientState> awaitState(Predicate<ClientState> condition, Duration limit)
            throws InterruptedException {
        long deadlineNs = context.runtime().after(limit);
        StateHistory seen = context.state().last();
        // Tested without the client's lock: the condition is code of the program, which may wait and may call the client.
        while (!condition.test(seen.state())) {
            StateHistory asked = seen;
            if (!context.loop().await(view -> asked.next() != null || isFinal(view), deadlineNs)) {
                return Optional.empty();
            }
            StateHistory next = asked.next();
            if (next == null) {
                return Optional.empty();
            }
            seen = next;
        }
        return Optional.of(seen.state());
    }

    /** Whether no other state will come. */
    private static boolean isFinal(ClientView view) {
        return view.isClosed() && view.session().isOver();
    }

    @Override
    public boolean awaitReady(Duration limit) throws InterruptedException {
        AtomicBoolean ready = new AtomicBoolean();
        context.loop().await(view -> {
            ready.set(view.isConnected() && view.allActive());
            return ready.get() || view.isClosed();
        }, context.runtime().after(limit));
        return ready.get();
    }

    @Override
    public ListenerRegistration listen(Consumer<? super ClientEvent> listener) {
        return events.listen(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public Optional<String> clientId() {
        return context.loop().look(view -> view.session().clientId());
    }

    @Override
    public String toString() {
        return "BayeuxClient[%s, %s]".formatted(context.name(), context.state().now().status());
    }
}
