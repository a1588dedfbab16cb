package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Subscriptions of a client with replay, and a server that offers it. Messages are numbers: their replay ids. */
final class ReplayFixture {

    static final int LIMIT = 100;

    final PositionStore store = PositionStore.inMemory();
    /** What was saved, in order. */
    final LinkedBlockingQueue<String> saved = new LinkedBlockingQueue<>();
    final SubscriptionsFixture server;

    ReplayFixture() {
        this(OnInvalidPosition.FAIL);
    }

    ReplayFixture(OnInvalidPosition policy) {
        this(policy, true);
    }

    ReplayFixture(OnInvalidPosition policy, boolean offered) {
        server = new SubscriptionsFixture(watched(), policy, offered);
    }

    private PositionStore watched() {
        return new PositionStore() {
            @Override
            public Optional<Position> load(String channel) {
                return store.load(channel);
            }

            @Override
            public void save(String channel, Position position) {
                store.save(channel, position);
                saved.add(channel + "=" + position.replayId());
            }

            @Override
            public void remove(String channel) {
                store.remove(channel);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    // What a program does

    SubscriptionSettings settings(String... channels) {
        return SubscriptionSettings.of(List.of(channels), JsonValue.class, LIMIT, Overflow.DROP_OLDEST);
    }

    Subscription handle(OnHandlerFailure policy, MessageHandler<JsonValue> handler, String... channels) {
        Started<Subscription> started = server.subscriptions.start(settings(channels).onHandlerFailure(policy),
                handler);
        server.acceptAll();
        return started.subscription();
    }

    PullSubscription<JsonValue> pull(SubscriptionSettings settings) {
        Started<PullSubscription<JsonValue>> started = server.subscriptions.start(settings);
        server.acceptAll();
        return started.subscription();
    }

    void close() {
        server.subscriptions.close(ClientRuntime.jvm().after(Duration.ofSeconds(5)));
    }

    // What a server does

    static String event(long id) {
        return "{\"event\":{\"replayId\":%d}}".formatted(id);
    }

    void deliver(String channel, long... ids) {
        server.deliver(channel, LongStream.of(ids).mapToObj(ReplayFixture::event).toArray(String[]::new));
    }

    void refuse(Request request, String error) {
        server.refuse(request, error);
    }

    // What the test sees

    void assertSaved(String... positions) throws InterruptedException {
        for (String each : positions) {
            assertEquals(each, saved.poll(5, TimeUnit.SECONDS));
        }
    }

    /** The {@code ext} of all subscribes so far. */
    List<String> exts() {
        return server.requests().stream().filter(request -> request.kind() == Kind.SUBSCRIBE)
                .map(request -> request.ext().toString()).toList();
    }

    static String ext(String channel, long position) {
        return "{\"replay\":{\"%s\":%d}}".formatted(channel, position);
    }

    static long id(dev.bayeux.api.Message<?> message) {
        return Long.parseLong(message.position().orElseThrow().replayId());
    }

    <E extends ClientEvent> E event(Class<E> kind) throws InterruptedException {
        ClientEvent event = server.nextEvent();
        while (!kind.isInstance(event)) {
            event = server.nextEvent();
        }
        return kind.cast(event);
    }
}
