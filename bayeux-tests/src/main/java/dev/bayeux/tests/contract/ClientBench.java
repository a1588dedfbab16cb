package dev.bayeux.tests.contract;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.Observation;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ScriptedPeer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** What one test of the client works with: a server, settings that make waits short, and all that must be ended. */
final class ClientBench {

    /** Short waits between attempts. */
    static final Backoff BACKOFF = Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50));
    /** A limit that tests wait to be reached. */
    static final Duration SHORT = Duration.ofMillis(300);

    private static final Duration CLEANING = Duration.ofSeconds(1);

    final ScriptedPeer peer;
    final ScriptedBayeux server;
    final ClientCarriage provider;
    final Duration patience;
    final ClientEvents events;
    private final boolean fullDuplex;
    private final List<BayeuxClient> clients = new ArrayList<>();
    private final List<ClientCall<?>> calls = new ArrayList<>();

    private final ClientContract contract;
    private @Nullable ScriptedBayeux second;

    ClientBench(ClientContract contract) {
        this.contract = contract;
        peer = contract.newPeer();
        server = ScriptedBayeux.over(peer);
        fullDuplex = contract.fullDuplex();
        if (fullDuplex) {
            // A cookie that comes with a separate response has no place in a frame.
            server.withoutCookies();
        }
        provider = new ClientCarriage(contract.transportProvider());
        offer(server);
        patience = contract.patience();
        events = new ClientEvents(patience);
    }

    /** Settings with short waits between attempts, and long limits: a test that means a limit says so. */
    ClientBuilder builder() {
        return builder(peer.uri());
    }

    ClientBuilder builder(URI uri) {
        return builder(Endpoint.of(uri));
    }

    ClientBuilder builder(Endpoint first, Endpoint... others) {
        return BayeuxClient.builder(first, others).name("contract").transports(provider).replyTimeout(patience)
                .sendTimeout(patience).connectCallTimeout(patience).closeTimeout(Duration.ofSeconds(2))
                .backoff(BACKOFF).onEvent(events)
                // Many of these clients are stopped on purpose; their logs would say nothing new.
                .observation(Observation.DEFAULT.withLast(0, 0));
    }

    /** Lets a server offer the connection type of the transport, whatever it is called. */
    private void offer(ScriptedBayeux offering) {
        LinkedHashSet<String> types = new LinkedHashSet<>(List.of("websocket", "long-polling", "callback-polling"));
        types.add(provider.connectionType());
        offering.connectionTypes(types.toArray(String[]::new));
    }

    /** Another server, which knows nothing of the first one's sessions. */
    ScriptedBayeux second() {
        ScriptedBayeux started = second;
        if (started == null) {
            started = ScriptedBayeux.over(contract.newPeer());
            if (fullDuplex) {
                started.withoutCookies();
            }
            offer(started);
            second = started;
        }
        return started;
    }

    /** A client that is not connected; closed after the test. */
    BayeuxClient build(ClientBuilder settings) {
        BayeuxClient client = settings.build();
        clients.add(client);
        return client;
    }

    BayeuxClient connect() throws InterruptedException {
        return connect(builder());
    }

    BayeuxClient connect(ClientBuilder settings) throws InterruptedException {
        BayeuxClient client = build(settings);
        client.connect();
        return client;
    }

    /** A client whose second connect is held by the server. */
    BayeuxClient connectAndSettle() throws InterruptedException {
        return connectAndSettle(builder());
    }

    BayeuxClient connectAndSettle(ClientBuilder settings) throws InterruptedException {
        BayeuxClient client = connect(settings);
        server.awaitHeldConnects(1, patience);
        return client;
    }

    <T> ClientCall<T> call(Callable<T> call) {
        ClientCall<T> started = new ClientCall<>(patience, call);
        calls.add(started);
        return started;
    }

    ClientCall<Boolean> run(ClientCall.Action action) {
        return call(() -> {
            action.run();
            return true;
        });
    }

    /** Processes the next request with such a message as usual and keeps the answer back until the test releases it. */
    CompletableFuture<Held> holdReply(String channel) {
        CompletableFuture<Held> holding = new CompletableFuture<>();
        server.next(channel).change(reply -> {
            Held held = Answer.held(reply);
            holding.complete(held);
            return held;
        });
        return holding;
    }

    <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("What the test waits for has not happened within %s".formatted(patience), failed);
        }
    }

    /** One request beside the held connect; over a full-duplex transport neither is in flight for long. */
    void assertTwoAtOnce() {
        if (!fullDuplex) {
            Assertions.assertEquals(2, provider.mostAtOnce());
        }
    }

    /** Closes everything. No connection may stay, and no client may have sent more than it is allowed to (C-48). */
    void close() throws InterruptedException {
        calls.forEach(ClientCall::interrupt);
        List<ClientCall<Boolean>> closing = clients.stream().map(client -> run(client::close)).toList();
        try {
            for (ClientCall<Boolean> one : closing) {
                one.result();
            }
            peer.awaitNoConnections(patience);
        } finally {
            server.close();
            if (second != null) {
                second.close();
            }
            for (ClientCall<?> call : calls) {
                call.awaitQuietly(CLEANING);
            }
        }
        peer.assertScriptWorked();
        Assertions.assertTrue(provider.mostAtOnce() <= 2,
                () -> "%d requests of a client were in flight at the same time".formatted(provider.mostAtOnce()));
    }
}
