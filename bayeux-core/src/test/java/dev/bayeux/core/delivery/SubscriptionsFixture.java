package dev.bayeux.core.delivery;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.delivery.Subscriptions.Started;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Subscriptions over an uplink that only writes down what it shall send, and whose server the test plays. */
final class SubscriptionsFixture implements Uplink {

    static final int LIMIT = 3;

    final ReentrantLock lock = new ReentrantLock();
    final List<Request> sent = new ArrayList<>();
    final LinkedBlockingQueue<ClientEvent> told = new LinkedBlockingQueue<>();
    final Json json = Json.find();
    final Payloads payloads = new Payloads(json, null);
    final Events events = new Events(ClientRuntime.jvm(), "test", List.of(told::add),
            new Observer(ClientRuntime.jvm(), "test", null), false);
    final Subscriptions subscriptions;
    boolean open = true;
    boolean wanted = true;
    private final MessageReader reader = new MessageReader(json);

    /** Of a client without replay. */
    SubscriptionsFixture() {
        this(null, OnInvalidPosition.FAIL);
    }

    SubscriptionsFixture(@Nullable PositionStore store, OnInvalidPosition policy) {
        subscriptions = new Subscriptions(ClientRuntime.jvm(), "test", lock, this, events, payloads,
                new Replay(ClientRuntime.jvm(), lock, json, payloads, events, store, policy));
    }

    @Override
    public void checkWanted() {
        if (!wanted) {
            throw new DisconnectedException(FailureKind.TRANSIENT, "disconnected", null);
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(Request request) {
        sent.add(request);
    }

    @Override
    public void subscriptionsChanged() {
        // Nobody waits.
    }

    // What a program does

    Started<PullSubscription<JsonValue>> pull(String... channels) {
        return pull(Overflow.DROP_OLDEST, JsonValue.class, channels);
    }

    <T> Started<PullSubscription<T>> pull(Overflow overflow, Type type, String... channels) {
        return subscriptions.start(Wish.of(List.of(channels), type, LIMIT, overflow));
    }

    <T> Started<Subscription> handle(MessageHandler<T> handler, Type type, String... channels) {
        return subscriptions.start(Wish.of(List.of(channels), type, LIMIT, Overflow.CLOSE), handler);
    }

    /** One that the server has accepted. */
    PullSubscription<JsonValue> active(String... channels) {
        PullSubscription<JsonValue> subscription = pull(channels).subscription();
        acceptAll();
        sent.clear();
        return subscription;
    }

    // What a server does

    void acceptAll() {
        sent.stream().filter(request -> request.kind() == Kind.SUBSCRIBE).forEach(subscriptions.onWire()::accepted);
    }

    void refuse(Request request) {
        subscriptions.onWire().refused(request, new RefusedException(FailureKind.PERMANENT, request.channel(),
                ServerError.parse("403::subscribe_denied"), JsonValue.EMPTY_JSON_OBJECT));
    }

    /** One reply with deliveries on a channel. */
    boolean deliver(String channel, String... data) {
        boolean heard = false;
        for (String each : data) {
            heard |= subscriptions.dispatch(message(channel, each));
        }
        subscriptions.tellDropped();
        return heard;
    }

    IncomingMessage message(String channel, String data) {
        return reader.read("[{\"channel\":\"%s\",\"data\":%s}]".formatted(channel, data), "").messages().getFirst();
    }

    // What the test sees

    /** What was sent, as {@code +channel} and {@code -channel}. */
    List<String> sent() {
        return sent.stream().map(request -> (request.kind() == Kind.SUBSCRIBE ? "+" : "-") + request.body()).toList();
    }

    ClientEvent nextEvent() throws InterruptedException {
        ClientEvent event = told.poll(5, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }

    /** Whether nothing more is told than what was looked at. */
    boolean nothingTold() throws InterruptedException {
        return events.worker().awaitIdle(ClientRuntime.jvm().after(java.time.Duration.ofSeconds(5))) && told.isEmpty();
    }
}
