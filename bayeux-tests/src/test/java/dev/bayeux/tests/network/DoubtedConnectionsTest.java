package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that may be dead are used no more, though other clients share them. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-callback-polling")
@Tag("transport:jetty-callback-polling")
class DoubtedConnectionsTest {

    private static final String PLAIN = "[\"plain\"]";

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    /** Two transports of one HTTP client that keeps at least two connections: Jetty may open more than it needs. */
    private final class Two implements AutoCloseable {

        final RequestResponseTransport one;
        final RequestResponseTransport other;

        Two(Http http) throws Exception {
            one = (RequestResponseTransport) http.provider().open(TransportContext.to(server.uri()));
            other = (RequestResponseTransport) http.provider().open(TransportContext.to(server.uri()));
            List<Held> held = List.of(held(), held());
            server.answer(held.get(0), held.get(1));
            FutureTask<String> first = started(one);
            server.takeRequest(Way.LIMIT);
            FutureTask<String> second = started(other);
            server.takeRequest(Way.LIMIT);
            held.forEach(Held::release);
            first.get(Way.LIMIT.toSeconds(), TimeUnit.SECONDS);
            second.get(Way.LIMIT.toSeconds(), TimeUnit.SECONDS);
            server.answerWith(request -> reply());
        }

        @Override
        public void close() {
            one.close();
            other.close();
        }
    }

    private static Answer reply() {
        return Answer.json("[]");
    }

    private static Held held() {
        return Answer.held(reply());
    }

    private static FutureTask<String> started(RequestResponseTransport transport) {
        FutureTask<String> sending = new FutureTask<>(() -> transport.exchange(new Batch(PLAIN, Way.LIMIT)));
        Thread.ofVirtual().name("test-send").start(sending);
        return sending;
    }

    /** The number of the connection over which it goes. */
    private int exchange(RequestResponseTransport transport) throws InterruptedException {
        transport.exchange(new Batch(PLAIN, Way.LIMIT));
        return server.takeRequest(Way.LIMIT).connection();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY", "JDK_CALLBACK_POLLING", "JETTY_CALLBACK_POLLING"})
    void renewedConnectionsAreSharedByAllThatRenew(Http http) throws Exception {
        try (Two two = new Two(http)) {
            int before = server.connectionCount();
            two.one.dropConnection();
            int fresh = exchange(two.one);
            assertTrue(fresh > before, "over a new one");
            assertNotEquals(fresh, exchange(two.other), "who has no doubt goes on");
            two.other.dropConnection();
            assertEquals(fresh, exchange(two.other), "over the new one, which is enough");
            two.other.dropConnection();
            two.one.dropConnection();
            int freshest = exchange(two.one);
            assertTrue(freshest > fresh, "both have doubted the new one, too");
            assertEquals(freshest, exchange(two.other));
            two.other.close();
            assertEquals(freshest, exchange(two.one), "the other one's end is not its own");
        }
        server.awaitNoConnections(Way.LIMIT);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY"})
    void requestsInFlightContinue(Http http) throws Exception {
        try (Two two = new Two(http)) {
            Held held = held();
            server.answer(held);
            FutureTask<String> waiting = started(two.one);
            server.takeRequest(Way.LIMIT);
            int before = server.connectionCount();
            two.one.dropConnection();
            two.other.dropConnection();
            int fresh = exchange(two.one);
            assertTrue(fresh > before);
            held.release();
            assertEquals("[]", waiting.get(Way.LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(fresh, exchange(two.other));
        }
        server.awaitNoConnections(Way.LIMIT);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY"})
    void afterARequestThatWasNotAnsweredTheNextGoesOverANewOne(Http http) throws Exception {
        try (Two two = new Two(http)) {
            server.answerWith(request -> Answer.stall());
            int requests = server.requestCount();
            for (Duration limit = Duration.ofMillis(100); server.requestCount() == requests; limit = limit
                    .multipliedBy(2)) {
                // On a busy machine the limit may be over before the request has left.
                Batch batch = new Batch(PLAIN, limit);
                TransportException silent = assertThrows(TransportException.class, () -> two.one.exchange(batch));
                assertEquals(Problem.TIMED_OUT, silent.problem());
            }
            server.answerWith(request -> reply());
            int before = server.connectionCount();
            two.one.exchange(new Batch(PLAIN, Way.LIMIT));
            assertTrue(server.requests().getLast().connection() > before);
        }
    }

    /** Two clients of one HTTP client that keeps at least two connections beside those of the held connects. */
    private static final class TwoClients implements AutoCloseable {

        final ScriptedServer peer = ScriptedServer.start();
        final ScriptedBayeux bayeux = ScriptedBayeux.over(peer).withoutCookies();
        final BayeuxClient one;
        final BayeuxClient other;

        TwoClients(Http http) throws Exception {
            one = BayeuxClient.builder(peer.uri()).transports(http.provider()).connect();
            other = BayeuxClient.builder(peer.uri()).transports(http.provider()).connect();
            bayeux.awaitHeldConnects(2, Way.LIMIT);
            Publishing first = new Publishing(bayeux, one);
            Publishing second = new Publishing(bayeux, other);
            first.finish();
            second.finish();
        }

        /** Has one client check; all that it sends then must go over connections that were not there before. */
        void check() throws InterruptedException {
            String session = one.clientId().orElseThrow();
            int requests = peer.requestCount();
            int connections = peer.connectionCount();
            one.checkConnection();
            assertTrue(one.awaitState(state -> state.status() == ConnectionStatus.CONNECTED, Way.LIMIT).isPresent());
            List<Integer> used = peer.requests().subList(requests, peer.requestCount()).stream()
                    .filter(request -> request.text().contains(session)).map(ReceivedRequest::connection).toList();
            assertFalse(used.isEmpty());
            assertTrue(used.stream().allMatch(number -> number > connections),
                    () -> "%s, of %d before".formatted(used, connections));
            assertTrue(other.state().isConnected());
        }

        @Override
        public void close() {
            one.close();
            other.close();
            bayeux.close();
        }
    }

    /** A message whose answer the server keeps back. */
    private static final class Publishing {

        private final CompletableFuture<Held> holding = new CompletableFuture<>();
        private final FutureTask<Boolean> sending;

        Publishing(ScriptedBayeux bayeux, BayeuxClient client) throws Exception {
            bayeux.next("/foo").change(reply -> {
                Held held = Answer.held(reply);
                holding.complete(held);
                return held;
            });
            sending = new FutureTask<>(() -> {
                client.publish("/foo", 1);
                return true;
            });
            Thread.ofVirtual().name("test-publish").start(sending);
            holding.get(Way.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        void finish() throws Exception {
            holding.join().release();
            assertTrue(sending.get(Way.LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY"})
    @Tag("C-16")
    void aClientThatChecksItsConnectionAsksOverANewOne(Http http) throws Exception {
        try (TwoClients two = new TwoClients(http)) {
            two.check();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY"})
    @Tag("C-16")
    void soItDoesWhileAMessageIsOnItsWayWhichMayArrive(Http http) throws Exception {
        try (TwoClients two = new TwoClients(http)) {
            Publishing publishing = new Publishing(two.bayeux, two.one);
            two.check();
            publishing.finish();
        }
    }
}
