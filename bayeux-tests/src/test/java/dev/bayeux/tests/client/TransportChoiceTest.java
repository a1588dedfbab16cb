package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client with two transports: what one connection type alone cannot show. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class TransportChoiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final MemoryServer peer = new MemoryServer();
    private final ScriptedBayeux server = ScriptedBayeux.over(peer);
    /** What the transports did: "a sends", "a closes". */
    private final Queue<String> deeds = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        server.close();
    }

    /** A transport under another name, which can be broken. */
    private final class Named implements TransportProvider {

        private final String name;
        private final boolean broken;

        Named(String name, boolean broken) {
            this.name = name;
            this.broken = broken;
        }

        @Override
        public String name() {
            return "transport-" + name;
        }

        @Override
        public String connectionType() {
            return name;
        }

        @Override
        public Transport open(TransportContext context) {
            RequestResponseTransport transport = new MemoryTransportProvider(peer).open(context);
            return new RequestResponseTransport() {

                @Override
                public String exchange(Batch batch) throws InterruptedException {
                    deeds.add(name + " sends");
                    if (broken) {
                        throw new TransportException(Problem.UNREADABLE, "refused by the test", null);
                    }
                    return transport.exchange(batch);
                }

                @Override
                public void close() {
                    deeds.add(name + " closes");
                    transport.close();
                }
            };
        }
    }

    private BayeuxClient connect(TransportProvider preferred, TransportProvider... others) throws InterruptedException {
        return BayeuxClient.builder(peer.uri()).transports(preferred, others)
                .backoff(Backoff.of(Duration.ofHours(1), Duration.ofHours(1))).onEvent(event -> {
                    // Only prevents the log: the test reads the state.
                }).connect();
    }

    private String field(String channel, String field) throws InterruptedException {
        return String.valueOf(server.takeMessage(channel, LIMIT).json().get(field));
    }

    @Test
    @Tag("C-02")
    @Tag("C-05")
    void theFirstOfTheClientsOrderIsTaken() throws Exception {
        server.connectionTypes("b", "x", "a");
        try (BayeuxClient client = connect(new Named("a", false), new Named("b", false))) {
            assertEquals("[\"a\",\"b\"]", field("/meta/handshake", "supportedConnectionTypes"));
            assertEquals("\"a\"", field("/meta/connect", "connectionType"));
            assertEquals("transport-a", client.state().transport().orElseThrow());
            assertEquals(List.of("a sends"), deeds.stream().distinct().toList());
        }
    }

    @Test
    @Tag("C-08")
    void theSessionContinuesWithTheTransportOfTheServer() throws Exception {
        server.connectionTypes("b");
        try (BayeuxClient client = connect(new Named("a", false), new Named("b", false))) {
            assertEquals("\"b\"", field("/meta/connect", "connectionType"));
            assertEquals("transport-b", client.state().transport().orElseThrow());
            assertEquals(List.of("a sends", "a closes", "b sends"), deeds.stream().limit(3).toList());
            client.publish("/foo", 1);
            assertEquals(1, deeds.stream().filter("a sends"::equals).count());
        }
        assertTrue(deeds.contains("b closes"));
    }

    @Test
    @Tag("C-103")
    void aTransportThatCannotBeUsedIsReplacedAtOnce() throws Exception {
        server.connectionTypes("a", "b");
        // The backoff is an hour: there is no wait.
        try (BayeuxClient client = connect(new Named("a", true), new Named("b", false))) {
            assertEquals("\"b\"", field("/meta/connect", "connectionType"));
            assertEquals("transport-b", client.state().transport().orElseThrow());
        }
    }

    @Test
    void namesChooseAmongTransports() throws Exception {
        server.connectionTypes("a", "b");
        Named first = new Named("a", false);
        Named second = new Named("b", false);
        try (BayeuxClient client = BayeuxClient.builder(peer.uri()).transports(first, second)
                .transports("transport-b").connect()) {
            assertEquals("[\"b\"]", field("/meta/handshake", "supportedConnectionTypes"));
            assertEquals("transport-b", client.state().transport().orElseThrow());
        }
        try (BayeuxClient client = BayeuxClient.builder(peer.uri()).transports(first, second).transports("b", "a")
                .connect()) {
            assertEquals("transport-b", client.state().transport().orElseThrow());
        }
        assertThrows(ConfigurationException.class,
                () -> BayeuxClient.builder(peer.uri()).transports(first, second).transports("c").build());
        assertThrows(ConfigurationException.class,
                () -> BayeuxClient.builder(peer.uri()).transports(first, new Named("a", true)).build());
    }
}
