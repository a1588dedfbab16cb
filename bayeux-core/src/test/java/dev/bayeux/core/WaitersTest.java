package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Subscription;
import dev.bayeux.core.call.Waiters;
import dev.bayeux.core.runtime.ClientRuntime;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitersTest {

    @Test
    void aResultThatComesAfterTheStageWasCancelledIsUndone() throws Exception {
        CompletableFuture<CompletableFuture<String>> started = new CompletableFuture<>();
        CompletableFuture<String> undone = new CompletableFuture<>();
        CompletableFuture<String> stage = new Waiters(ClientRuntime.jvm(), "test").start(() -> {
            started.join().cancel(false);
            return "too late";
        }, undone::complete);

        started.complete(stage);

        assertEquals("too late", undone.get(20, TimeUnit.SECONDS));
        assertTrue(stage.isCancelled());
    }

    @Test
    void aSubscriptionThatIsCancelledJustAfterTheServersYesIsClosed() throws Exception {
        CompletableFuture<CompletableFuture<Subscription>> started = new CompletableFuture<>();
        ClientRuntime runtime = AgreeingServer.watched("get", true, thread -> {
            if (thread.getName().endsWith("-async")) {
                started.join().cancel(false);
            }
        });
        AgreeingServer server = new AgreeingServer();
        try (BayeuxClient client = new CoreClientFactory(runtime)
                .create(BayeuxClient.builder(URI.create("http://agreeing.test/")).transports(server).config())) {
            client.connect();

            started.complete(client.subscription("/a").startAsync(message -> {}));

            server.await("/meta/unsubscribe");
            assertEquals(List.of(), client.subscriptions());
        }
    }
}
