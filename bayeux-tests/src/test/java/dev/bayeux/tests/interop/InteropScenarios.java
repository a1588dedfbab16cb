package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.tests.NothingLeft;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What works with each real server. */
@ExtendWith(NothingLeft.class)
abstract class InteropScenarios {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int THREADS = 64;
    private static final int MESSAGES_OF_EACH = 8;

    private final List<BayeuxClient> clients = new ArrayList<>();
    private final BlockingQueue<ClientEvent.SessionRenewed> renewed = new LinkedBlockingQueue<>();
    private RealServer server;

    /** A price, as JSON-B binds it. */
    public record Price(String name, int cents) {}

    /** Gives a server that was just started, or the one that all tests share. */
    abstract RealServer start();

    /** Ends it, unless it is shared. */
    abstract void stop();

    @BeforeEach
    final void startServer() {
        server = start();
    }

    @AfterEach
    final void stopServer() {
        clients.forEach(BayeuxClient::close);
        stop();
    }

    final RealServer server() {
        return server;
    }

    final ClientBuilder builder(Http http) {
        assumeFalse(http == Http.OKHTTP && server.http() != HttpSettings.DEFAULT,
                "it is an example, which takes no TLS settings and no version of HTTP");
        return BayeuxClient.builder(server.uri()).transports(http.provider()).http(server.http())
                .backoff(Backoff.of(Duration.ofMillis(50), Duration.ofMillis(500))).onEvent(event -> {
                    if (event instanceof ClientEvent.SessionRenewed session) {
                        renewed.add(session);
                    }
                });
    }

    final BayeuxClient connect(Http http) throws InterruptedException {
        return connect(builder(http));
    }

    final BayeuxClient connect(ClientBuilder settings) throws InterruptedException {
        BayeuxClient client = settings.build();
        clients.add(client);
        client.connect();
        return client;
    }

    final void awaitNewSession(BayeuxClient client) throws InterruptedException {
        assertTrue(renewed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS) != null,
                () -> "no new session: " + client.state());
        assertTrue(client.awaitReady(LIMIT), () -> "not ready: " + client.state());
    }

    static <T> Message<T> next(PullSubscription<T> subscription) throws InterruptedException {
        return subscription.poll(LIMIT).orElseThrow(() -> new AssertionError("no message within " + LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-109")
    void messagesGoFromClientToClient(Http http) throws Exception {
        BayeuxClient sender = connect(http);
        BayeuxClient receiver = connect(http);
        BlockingQueue<Price> handled = new LinkedBlockingQueue<>();
        receiver.subscribe("/prices/eu", Price.class, message -> handled.add(message.data()));
        PullSubscription<Price> own = sender.subscribe("/prices/eu", Price.class);
        for (int cents = 1; cents <= 20; cents++) {
            sender.publish("/prices/eu", new Price("grün €", cents));
        }
        for (int cents = 1; cents <= 20; cents++) {
            assertEquals(new Price("grün €", cents), handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(cents, next(own).data().cents());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-78")
    void patternsMatchAsTheServerMatches(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> one = client.subscribe("/a/*");
        PullSubscription<JsonValue> more = client.subscribe("/a/**");
        PullSubscription<JsonValue> exact = client.subscribe("/a/b");
        client.batch(batch -> {
            batch.publish("/a", 0);
            batch.publish("/a/b", 1);
            batch.publish("/a/b/c", 2);
            batch.publish("/a/end", 3);
            batch.publish("/a/end/end", 4);
        });
        assertEquals("1", next(one).text());
        assertEquals("3", next(one).text());
        assertEquals("1", next(exact).text());
        for (String expected : List.of("1", "2", "3", "4")) {
            assertEquals(expected, next(more).text());
        }
        assertTrue(one.poll(Duration.ZERO).isEmpty() && exact.poll(Duration.ZERO).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-65")
    void aDeniedSubscriptionFailsAlone(Http http) throws Exception {
        server.deny("/secret");
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> allowed = client.subscribe("/allowed");
        SubscribeException failure = assertThrows(SubscribeException.class, () -> client.subscribe("/secret/x"));
        assertTrue(failure.error().isPresent(), failure::toString);
        assertTrue(client.isReady());
        client.publish("/allowed", 1);
        assertEquals("1", next(allowed).text());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-20/A6")
    @Tag("C-71")
    void anExpiredSessionIsReplacedWithAllSubscriptions(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> several = client.subscription("/foo", "/bar/*").start();
        for (int n = 1; n <= 2; n++) {
            server.expireAllSessions();
            awaitNewSession(client);
            server.publish("/foo", Integer.toString(n));
            assertEquals(Integer.toString(n), next(foo).text());
            assertEquals(Integer.toString(n), next(several).text());
            client.publish("/bar/x", n);
            assertEquals(Integer.toString(n), next(several).text());
        }
        assertEquals(1, server.sessionCount());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-71")
    void aRestartOfTheServerIsSurvivedWithAllSubscriptions(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> foo = client.subscribe("/foo");
        PullSubscription<JsonValue> pattern = client.subscribe("/foo/**");
        server.restart();
        awaitNewSession(client);
        server.publish("/foo", "1");
        server.publish("/foo/bar", "2");
        assertEquals("1", next(foo).text());
        assertEquals("2", next(pattern).text());
        client.publish("/foo", 3);
        assertEquals("3", next(foo).text());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-50")
    @Tag("C-74")
    void manyThreadsPublishInOrder(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<String> subscription = client.subscribe("/foo", String.class);
        List<Thread> threads = IntStream.range(0, THREADS).mapToObj(thread -> Thread.ofVirtual().start(() -> {
            for (int n = 0; n < MESSAGES_OF_EACH; n++) {
                try {
                    client.publish("/foo", "%d:%d".formatted(thread, n));
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        })).toList();
        Map<String, Integer> expected = new HashMap<>();
        for (int n = 0; n < THREADS * MESSAGES_OF_EACH; n++) {
            String[] data = next(subscription).data().split(":");
            assertEquals(expected.getOrDefault(data[0], 0), Integer.valueOf(data[1]), "of thread " + data[0]);
            expected.merge(data[0], 1, Integer::sum);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** UTF-8 cannot hold them, so they leave as escapes. CometD writes them to its subscribers without escapes. */
    @ParameterizedTest
    @EnumSource
    @Tag("C-106")
    void loneSurrogatesAreAccepted(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<String> subscription = client.subscribe("/half", String.class);

        client.publish("/half", "a\uD83Db\uDE00c");

        String seen = next(subscription).data();
        assertTrue(seen.equals("a\uD83Db\uDE00c") || seen.matches("a[?\uFFFD]+b[?\uFFFD]+c"), seen);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-52")
    void aBatchArrivesInOrder(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<Integer> subscription = client.subscribe("/foo", Integer.class);
        client.batch(batch -> IntStream.range(0, 1000).forEach(n -> batch.publish("/foo", n)));
        for (int n = 0; n < 1000; n++) {
            assertEquals(n, next(subscription).data());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-108")
    void largeMessagesGetThrough(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<String> subscription = client.subscribe("/foo", String.class);
        // An address has room for less; what comes back is no part of one.
        String large = "0123456789abcdef".repeat((http.inAddress() ? 5_000 : 200_000) / 16);
        client.publish("/foo", large);
        assertEquals(large, next(subscription).data());
        client.publish("/foo", "and on");
        assertEquals("and on", next(subscription).data());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-38")
    @Tag("C-90")
    void aClientLeavesAndComesBack(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> kept = client.subscribe("/foo");
        PullSubscription<JsonValue> closed = client.subscribe("/foo");
        client.disconnect();
        assertEquals(0, server.sessionCount());
        closed.close();
        client.connect();
        client.publish("/foo", 1);
        assertEquals("1", next(kept).text());
        kept.close();
        client.publish("/foo", 2);
        client.close();
        assertEquals(0, server.sessionCount());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-106")
    void theTypeOfMessageMayBePartOfTheAddress(Http http) throws Exception {
        BayeuxClient client = connect(builder(http).http(server.http().withMessageTypeInUrl(true)));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        client.publish("/foo", 1);
        assertEquals("1", next(subscription).text());
        client.disconnect();
        assertEquals(0, server.sessionCount());
    }
}
