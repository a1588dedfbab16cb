package dev.bayeux.core;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server within its transport: says yes to everything, and holds each connect but the first until it is left. */
final class AgreeingServer implements RequestResponseTransport, TransportProvider {

    private static final int PATIENCE_S = 20;

    private final LinkedBlockingQueue<String> channels = new LinkedBlockingQueue<>();
    private final CountDownLatch left = new CountDownLatch(1);
    /** The context class loaders of the threads that have sent something. */
    final Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();
    private volatile boolean connected;

    /** The runtime of the JVM, whose waits for results can be watched: by the thread, when they begin or have ended. */
    static ClientRuntime watched(String wait, boolean ended, Consumer<Thread> watch) {
        return (ClientRuntime) Proxy.newProxyInstance(ClientRuntime.class.getClassLoader(),
                new Class<?>[]{ClientRuntime.class}, (proxy, method, arguments) -> {
                    boolean watching = method.getName().equals(wait);
                    if (watching && !ended) {
                        watch.accept(Thread.currentThread());
                    }
                    Object result = invoke(method, arguments);
                    if (watching && ended) {
                        watch.accept(Thread.currentThread());
                    }
                    return result;
                });
    }

    private static @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(ClientRuntime.jvm(), arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Waits for a message on a channel. */
    void await(String channel) throws InterruptedException {
        String next = "";
        while (!channel.equals(next)) {
            next = channels.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing has come on " + channel);
            }
        }
    }

    @Override
    public String name() {
        return "agreeing";
    }

    @Override
    public String connectionType() {
        return "long-polling";
    }

    @Override
    public Transport open(TransportContext context) {
        return this;
    }

    @Override
    public String exchange(Batch batch) throws InterruptedException {
        loaders.add(Thread.currentThread().getContextClassLoader());
        JsonArrayBuilder replies = Json.createArrayBuilder();
        for (JsonValue each : Json.createReader(new StringReader(batch.text())).readArray()) {
            JsonObject request = each.asJsonObject();
            String channel = request.getString("channel");
            channels.add(channel);
            if (channel.equals("/meta/disconnect")) {
                left.countDown();
            } else if (channel.equals("/meta/connect")) {
                if (connected) {
                    left.await();
                }
                connected = true;
            }
            replies.add(Json.createObjectBuilder(request).add("successful", true).add("clientId", "c1")
                    .add("version", "1.0").add("supportedConnectionTypes", Json.createArrayBuilder(
                            List.of("long-polling"))));
        }
        return replies.build().toString();
    }

    @Override
    public void close() {
        left.countDown();
    }
}
