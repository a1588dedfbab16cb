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
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.delivery.Payloads;
import dev.bayeux.core.delivery.Wish;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.observe.Timed;
import dev.bayeux.core.session.SessionEvent;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jakarta.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The client as programs hold it: turns calls into events and requests, and waits. */
final class CoreClient implements BayeuxClient {

    /** How long a handshake that was given up may still bring a session, which is then ended politely. */
    private static final Duration ABANDON_LINGER = Duration.ofSeconds(1);

    /** What closing may take beyond its timeout, once everything is told to end at once. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final ClientConfig config;
    private final Session session;
    private final Payloads payloads;
    private final Events events;
    private final Replies replies;
    private final @Nullable CoreOutbox outbox;
    private final Waiters waiters;
    private final AsyncClient async;
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

    CoreClient(ClientConfig config, Session session, Payloads payloads, Events events) {
        this.config = config;
        this.session = session;
        this.payloads = payloads;
        this.events = events;
        this.replies = new Replies(session, config.timeouts());
        this.waiters = new Waiters(session.runtime(), session.clientName());
        this.async = new CoreAsync(this, waiters);
        OutboxLimits limits = config.outbox();
        this.outbox = limits == null ? null : new CoreOutbox(session, replies, limits, this::publishing);
    }

    // Life

    @Override
    public void connect() throws InterruptedException {
        Timed timed = session.observer().connect();
        Throwable failure = null;
        try {
            makeSession();
        } catch (InterruptedException | RuntimeException failed) {
            failure = failed;
            throw failed;
        } finally {
            Timed.end(timed, failure);
        }
    }

    private void makeSession() throws InterruptedException {
        long deadlineNs = session.runtime().after(config.timeouts().connect());
        checkOpen();
        boolean started = false;
        // What was seen while waiting counts: a connection that is lost right after has still been made.
        AtomicBoolean connected = new AtomicBoolean();
        try {
            if (session.await(s -> s.isClosed() || !s.isEnding(), deadlineNs)) {
                started = session.wantSession();
                session.await(s -> {
                    connected.set(s.shown().isConnected());
                    return connected.get() || s.isClosed() || s.isOver();
                }, deadlineNs);
            }
            checkOpen();
            if (!connected.get()) {
                throw notConnected(session.isOver());
            }
        } finally {
            if (started && !connected.get()) {
                // Who called is told that there is no session: nothing goes on trying behind his back.
                session.happened(new SessionEvent.DisconnectWanted(ABANDON_LINGER.toNanos()));
            }
        }
    }

    private HandshakeException notConnected(boolean stopped) {
        BayeuxException last = session.shown().lastFailure().orElse(null);
        FailureKind kind = last == null ? FailureKind.TRANSIENT : last.kind();
        String what = stopped
                ? "Not connected."
                : "Not connected within %d ms (connectTimeout).".formatted(config.timeouts().connect().toMillis());
        return new HandshakeException(kind, last == null ? what : what + " " + last.getMessage(), last);
    }

    @Override
    public void disconnect() {
        long deadlineNs = session.runtime().after(config.timeouts().close());
        session.happened(new SessionEvent.DisconnectWanted(config.timeouts().close().toNanos()));
        Link link = session.lastLink();
        try {
            if (link != null && !isOnProtocolThread()) {
                link.awaitFinished(deadlineNs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program's code can be a supplier of headers or handshake fields, or an extension; waiting there would be in vain. */
    private boolean isOnProtocolThread() {
        String thread = Thread.currentThread().getName();
        return thread.equals("bayeux-" + session.clientName() + "-session")
                || thread.equals("bayeux-" + session.clientName() + "-extensions") || session.sender().isCurrent();
    }

    /** Who is closing the client waits for handlers and listeners; they must not wait for him. */
    private boolean isOnThreadOfThisClient() {
        return Thread.currentThread().getName().startsWith("bayeux-" + session.clientName() + "-");
    }

    @Override
    public void reconnect() throws InterruptedException {
        checkOpen();
        disconnect();
        connect();
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
        long deadlineNs = session.runtime().after(config.timeouts().close());
        if (!session.markClosed()) {
            awaitOtherClose(deadlineNs);
            return;
        }
        try {
            if (outbox != null) {
                outbox.close();
            }
            disconnect();
            session.happened(new SessionEvent.Aborted());
            session.subscriptions().close(deadlineNs);
            awaitThreads(deadlineNs + LAST_WAIT.toNanos());
        } finally {
            closing.complete(null);
        }
    }

    private void awaitOtherClose(long deadlineNs) {
        try {
            if (!isOnThreadOfThisClient()) {
                session.runtime().isComplete(closing, deadlineNs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThreads(long deadlineNs) {
        Link link = session.lastLink();
        try {
            if (link != null && !isOnProtocolThread() && !link.awaitFinished(deadlineNs)) {
                link.abort();
            }
            if (!session.sender().awaitIdle(deadlineNs)) {
                session.sender().interrupt();
            }
            if (outbox != null) {
                outbox.awaitEnd(deadlineNs);
            }
            if (!events.worker().awaitIdle(deadlineNs)) {
                events.worker().interrupt();
            }
        } catch (InterruptedException interrupted) {
            if (link != null) {
                link.abort();
            }
            session.sender().interrupt();
            events.worker().interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void checkOpen() {
        if (session.isClosed()) {
            throw new ClientClosedException("The client is closed; closed is final, so build another one.");
        }
    }

    // Subscriptions

    @Override
    public SubscriptionBuilder<JsonValue> subscription(String... channels) {
        if (channels.length == 0) {
            throw new IllegalArgumentException("A subscription needs at least one channel.");
        }
        List<String> all = List.of(channels);
        all.forEach(config.channelRules()::checkSubscription);
        return new CoreSubscriptionBuilder<>(waiters, this::checkOpen, session.subscriptions(), config,
                Wish.of(all, JsonValue.class, config.limits().maxWaitingMessages(), Overflow.PAUSE));
    }

    @Override
    public List<Subscription> subscriptions() {
        return session.subscriptions().all();
    }

    // Publishing

    /** What is on its way, in its place among all that is sent, and can be waited for. */
    @FunctionalInterface
    interface Pending<T> {

        T await() throws InterruptedException;
    }

    @Override
    public void publish(String channel, @Nullable Object data) throws InterruptedException {
        beginPublish(channel, data).await();
    }

    Pending<@Nullable Void> beginPublish(String channel, @Nullable Object data) {
        Request request = request(Kind.PUBLISH, channel, data);
        replies.submit(request);
        return () -> {
            replies.await(request);
            return null;
        };
    }

    @Override
    public void batch(Consumer<PublishBatch> messages) throws InterruptedException {
        beginBatch(messages).await();
    }

    Pending<@Nullable Void> beginBatch(Consumer<PublishBatch> messages) {
        checkOpen();
        List<Request> requests = new ArrayList<>();
        messages.accept((channel, data) -> requests.add(request(Kind.PUBLISH, channel, data)));
        if (!requests.isEmpty()) {
            replies.submitAll(requests);
        }
        return () -> {
            replies.awaitAll(requests);
            return null;
        };
    }

    @Override
    public <T> @Nullable T call(String channel, @Nullable Object data, TypeToken<T> type, @Nullable Duration limit)
            throws InterruptedException {
        return beginCall(channel, data, type, limit).await();
    }

    <T> Pending<@Nullable T> beginCall(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit) {
        if (!channel.startsWith("/service/")) {
            throw new IllegalArgumentException(
                    "Only channels below /service/ have an answer: \"%s\"".formatted(channel));
        }
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException("The limit of a call must be more than zero: %s".formatted(limit));
        }
        Request request = request(Kind.CALL, channel, data);
        replies.submit(request);
        return () -> {
            IncomingMessage answer = Objects.requireNonNull(replies.await(request, limit));
            return unchecked(payloads.read(answer, type.type()));
        };
    }

    @SuppressWarnings("unchecked") // made for the type of the token
    private static <T> @Nullable T unchecked(@Nullable Object value) {
        return (T) value;
    }

    /** Looks at a message once, and makes as many requests of it as are needed. */
    private Supplier<Request> publishing(String channel, @Nullable Object data) {
        checkOpen();
        config.channelRules().checkPublish(channel);
        String text = payloads.write(channel, data);
        JsonObject ext = payloads.extOf(data);
        return () -> Request.ofData(Kind.PUBLISH, channel, text, ext);
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
        checkOpen();
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
            if (!session.await(any -> any.shown() != seen, deadlineNs)) {
                return Optional.empty();
            }
            now = session.shown();
        }
        return Optional.of(now);
    }

    @Override
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return session.await(Session::isReady, session.runtime().after(limit));
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
