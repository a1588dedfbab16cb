package dev.bayeux.tests;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A client and its server, in memory. */
public final class MemoryWorld implements AutoCloseable {

    /** More than anything takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Carries the messages. */
    public final MemoryServer peer = new MemoryServer();
    /** The server. */
    public final ScriptedBayeux server = ScriptedBayeux.over(peer);
    /** The client, not connected. */
    public final BayeuxClient client;

    /** With limits that are not reached. */
    public MemoryWorld() {
        this(settings -> settings);
    }

    /** With other settings. */
    public MemoryWorld(UnaryOperator<ClientBuilder> change) {
        client = change.apply(builder()).build();
    }

    private ClientBuilder builder() {
        return BayeuxClient.builder(peer.uri()).name("views").transports(new MemoryTransportProvider(peer))
                .replyTimeout(PATIENCE).sendTimeout(PATIENCE).connectCallTimeout(PATIENCE)
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)));
    }

    /** Connects and waits until the server holds a connect. */
    public MemoryWorld connect() throws InterruptedException {
        client.connect();
        server.awaitHeldConnects(1, PATIENCE);
        return this;
    }

    /** What a stage brings. */
    public static <T> T get(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("It has not happened within " + PATIENCE, late);
        }
    }

    /** What a stage has failed with. */
    public static Throwable failure(CompletableFuture<?> future) throws InterruptedException {
        try {
            throw new AssertionError("It has not failed, but brought " + get(future));
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
