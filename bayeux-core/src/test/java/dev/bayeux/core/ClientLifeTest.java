package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.core.runtime.ClientRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The threads of a client, and a close that finds another under way, which waits for a listener. */
class ClientLifeTest {

    private static final String NAME = "twice";
    private static final String CLOSER = "closer";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Void> waiting = new CompletableFuture<>();
    private final ClientRuntime runtime = AgreeingServer.watched("isComplete", false, thread -> {
        if (!thread.getName().equals(CLOSER)) {
            waiting.complete(null);
        }
    });

    private void holdTheEnd(ClientEvent event) {
        if (event instanceof ClientEvent.StateChanged changed && changed.now().isDisconnected()) {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void waitsForTheFirst(Function<BayeuxClient, CompletableFuture<Void>> closing) throws Exception {
        BayeuxClient client = new CoreClientFactory(runtime)
                .create(BayeuxClient.builder(URI.create("http://agreeing.test/")).name(NAME)
                        .transports(new AgreeingServer()).closeTimeout(Duration.ofMinutes(1)).onEvent(this::holdTheEnd)
                        .config());
        client.connect();
        Thread first = Thread.ofVirtual().name(CLOSER).start(client::close);
        assertTrue(held.await(20, TimeUnit.SECONDS));

        CompletableFuture<Void> second = closing.apply(client);

        CompletableFuture.anyOf(second, waiting).get(20, TimeUnit.SECONDS);
        assertFalse(second.isDone());
        release.countDown();
        second.get(20, TimeUnit.SECONDS);
        assertTrue(first.join(Duration.ofSeconds(20)));
    }

    @Test
    void aStageOfCloseCompletesWhenTheOtherCloseHasFreedEverything() throws Exception {
        waitsForTheFirst(client -> client.async().close());
    }

    @Test
    void aThreadOfAnotherClientOfTheSameNameWaitsAsAnyOther() throws Exception {
        waitsForTheFirst(client -> {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            Thread.ofVirtual().name("bayeux-" + NAME + "-events").start(() -> {
                client.close();
                closed.complete(null);
            });
            return closed;
        });
    }

    /** A thread of the protocol starts again after each pause, and whoever wakes it may have another class loader. */
    @Test
    void allThreadsHaveTheClassLoaderOfTheThreadThatBuiltTheClient() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader builder = current.getContextClassLoader();
        AgreeingServer server = new AgreeingServer();
        BayeuxClient client = new CoreClientFactory().create(
                BayeuxClient.builder(URI.create("http://agreeing.test/")).transports(server).config());
        current.setContextClassLoader(new ClassLoader(builder) {
        });
        try (client) {
            client.connect();
            client.publish("/a", 1);
        } finally {
            current.setContextClassLoader(builder);
        }
        assertEquals(Set.of(builder), server.loaders);
    }
}
