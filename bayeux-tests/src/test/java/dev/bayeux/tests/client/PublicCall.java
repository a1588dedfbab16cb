package dev.bayeux.tests.client;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import jakarta.json.JsonValue;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A call of one public method of the API.
 *
 * @param method its type, name and parameter types
 * @param documented what it may throw
 * @param action makes the call
 */
record PublicCall(String method, Set<Class<? extends Exception>> documented, Action action) {

    /** Any call. */
    @FunctionalInterface
    interface Action {
        void make(CallbackWorld world) throws Exception;
    }

    private static final Duration SOON = Duration.ofMillis(50);

    private static final Set<Class<? extends Exception>> NONE = Set.of();
    private static final Set<Class<? extends Exception>> CONNECTING = Set.of(HandshakeException.class,
            ConfigurationException.class, ClientClosedException.class, InterruptedException.class);
    private static final Set<Class<? extends Exception>> SUBSCRIBING = Set.of(SubscribeException.class,
            DisconnectedException.class, ClientClosedException.class, InterruptedException.class);
    private static final Set<Class<? extends Exception>> PUBLISHING = Set.of(PublishException.class,
            PayloadException.class, ClientClosedException.class, InterruptedException.class);
    private static final Set<Class<? extends Exception>> BATCHING = Set.of(BatchException.class,
            PayloadException.class, ClientClosedException.class, InterruptedException.class);
    private static final Set<Class<? extends Exception>> TAKING = Set.of(DisconnectedException.class,
            PayloadException.class, ClientClosedException.class, InterruptedException.class);
    private static final Set<Class<? extends Exception>> WAITING = Set.of(InterruptedException.class);

    /** A row for each public method: a method without one fails the test. */
    static List<PublicCall> all() {
        List<PublicCall> rows = new ArrayList<>();
        ofClient(rows);
        rows.add(new PublicCall("Subscription.channels()", NONE, world -> world.handled.channels()));
        rows.add(new PublicCall("Subscription.state()", NONE, world -> world.handled.state()));
        rows.add(new PublicCall("Subscription.failure()", NONE, world -> world.handled.failure()));
        rows.add(new PublicCall("Subscription.dropped()", NONE, world -> world.handled.dropped()));
        rows.add(new PublicCall("Subscription.pauses()", NONE, world -> world.handled.pauses()));
        rows.add(new PublicCall("Subscription.close()", NONE, world -> {
            world.handled.close();
            world.pulled.close();
        }));
        rows.add(new PublicCall("PullSubscription.take()", TAKING, world -> world.pulled.take()));
        rows.add(new PublicCall("PullSubscription.poll(Duration)", TAKING, world -> {
            world.pulled.poll(SOON);
            world.pulled.poll(SOON);
        }));
        rows.add(new PublicCall("PullSubscription.poll(int,Duration)", TAKING, world -> {
            world.pulled.poll(2, SOON);
            world.pulled.poll(2, SOON);
        }));
        rows.add(new PublicCall("PullSubscription.commit(Message)", TAKING,
                world -> world.pulled.commit(world.pulled.take())));
        rows.add(new PublicCall("PullSubscription.iterator()", TAKING, world -> world.pulled.iterator().next()));
        return rows;
    }

    private static void ofClient(List<PublicCall> rows) {
        // Which transport is meant is not clear here, so this one fails; that it does so at once is what matters.
        rows.add(new PublicCall("BayeuxClient.outbox()", NONE,
                world -> world.client.outbox()));
        rows.add(new PublicCall("BayeuxClient.drain(Duration)", WAITING, world -> world.client.drain(SOON)));
        rows.add(new PublicCall("BayeuxClient.connect(URI)", CONNECTING,
                world -> BayeuxClient.connect(world.peer.uri()).close()));
        rows.add(new PublicCall("BayeuxClient.builder(URI,URI[])", CONNECTING,
                world -> world.builder().connect().close()));
        rows.add(new PublicCall("BayeuxClient.builder(Endpoint,Endpoint[])", NONE,
                world -> BayeuxClient.builder(Endpoint.of(world.peer.uri()))));
        rows.add(new PublicCall("BayeuxClient.suspend()", NONE, world -> world.client.suspend()));
        rows.add(new PublicCall("BayeuxClient.resume()", NONE, world -> {
            world.client.suspend();
            world.client.resume();
        }));
        rows.add(new PublicCall("BayeuxClient.checkConnection()", NONE, world -> world.client.checkConnection()));
        rows.add(new PublicCall("BayeuxClient.connect()", CONNECTING, world -> world.client.connect()));
        rows.add(new PublicCall("BayeuxClient.disconnect()", NONE, world -> world.client.disconnect()));
        rows.add(new PublicCall("BayeuxClient.reconnect()", CONNECTING, world -> world.client.reconnect()));
        rows.add(new PublicCall("BayeuxClient.abort()", NONE, world -> world.client.abort()));
        rows.add(new PublicCall("BayeuxClient.isConnected()", NONE, world -> world.client.isConnected()));
        rows.add(new PublicCall("BayeuxClient.close()", NONE, world -> world.client.close()));
        rows.add(new PublicCall("BayeuxClient.subscribe(String)", SUBSCRIBING,
                world -> world.client.subscribe("/new")));
        rows.add(new PublicCall("BayeuxClient.subscribe(String,Class)", SUBSCRIBING,
                world -> world.client.subscribe("/new", Integer.class).close()));
        rows.add(new PublicCall("BayeuxClient.subscribe(String,MessageHandler)", SUBSCRIBING,
                world -> world.client.subscribe("/new", message -> {})));
        rows.add(new PublicCall("BayeuxClient.subscribe(String,Class,MessageHandler)", SUBSCRIBING,
                world -> world.client.subscribe("/new", Integer.class, message -> {})));
        rows.add(new PublicCall("BayeuxClient.subscription(String[])", SUBSCRIBING,
                world -> world.client.subscription("/a", "/b/*").as(JsonValue.class).start()));
        rows.add(new PublicCall("BayeuxClient.publish(String,Object)", PUBLISHING,
                world -> world.client.publish("/new", 1)));
        rows.add(new PublicCall("BayeuxClient.publish(String,Object,Duration)", PUBLISHING,
                world -> world.client.publish("/new", 1, null)));
        rows.add(new PublicCall("BayeuxClient.batch(Consumer)", BATCHING,
                world -> world.client.batch(batch -> batch.publish("/new", 1))));
        rows.add(new PublicCall("BayeuxClient.call(String,Object)", PUBLISHING,
                world -> world.client.call("/service/echo", 1)));
        rows.add(new PublicCall("BayeuxClient.call(String,Object,Class)", PUBLISHING,
                world -> world.client.call("/service/echo", 1, Integer.class)));
        rows.add(new PublicCall("BayeuxClient.call(String,Object,TypeToken,Duration)", PUBLISHING,
                world -> world.client.call("/service/echo", 1, TypeToken.of(Integer.class), null)));
        rows.add(new PublicCall("BayeuxClient.async()", PUBLISHING,
                world -> world.client.async().publish("/new", 1)));
        rows.add(new PublicCall("BayeuxClient.state()", NONE, world -> world.client.state()));
        rows.add(new PublicCall("BayeuxClient.isReady()", NONE, world -> world.client.isReady()));
        rows.add(new PublicCall("BayeuxClient.awaitState(Predicate,Duration)", WAITING,
                world -> world.client.awaitState(ClientState::isDisconnected, SOON)));
        rows.add(new PublicCall("BayeuxClient.awaitReady(Duration)", WAITING, world -> world.client.awaitReady(SOON)));
        rows.add(new PublicCall("BayeuxClient.listen(Consumer)", NONE,
                world -> world.client.listen(event -> {}).close()));
        rows.add(new PublicCall("BayeuxClient.subscriptions()", NONE, world -> world.client.subscriptions()));
        rows.add(new PublicCall("BayeuxClient.clientId()", NONE, world -> world.client.clientId()));
    }

    /** The methods that need a row. */
    static Set<String> needed() {
        return List.of(BayeuxClient.class, Subscription.class, PullSubscription.class).stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())).filter(method -> !method.isSynthetic())
                .map(PublicCall::name).collect(Collectors.toSet());
    }

    private static String name(Method method) {
        return "%s.%s(%s)".formatted(method.getDeclaringClass().getSimpleName(), method.getName(),
                Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(",")));
    }

    void make(CallbackWorld world) throws Exception {
        action.make(world);
    }

    /** Whether it may throw that there: where nothing is in its way it must succeed. */
    boolean mayThrow(Throwable thrown, Callback callback) {
        if (callback.isGivenUp() && thrown instanceof InterruptedException) {
            return true;
        }
        return (callback.isOnAThreadOfTheProtocol() || thrown instanceof ConfigurationException)
                && documented.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
