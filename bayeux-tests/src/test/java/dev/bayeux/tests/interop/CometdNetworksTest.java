package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.tests.NothingLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A real CometD server with TLS and HTTP/2. {@link CometdInteropTest} tests Bayeux itself. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("transport:jdk")
@Tag("transport:jetty")
class CometdNetworksTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MANY = 20;
    private static final int BEYOND = 140;

    private final CometdTestServer server = new CometdTestServer().extension(AcknowledgedMessagesExtension::new);
    private final List<BayeuxClient> clients = new ArrayList<>();

    static Stream<Arguments> ways() {
        return Stream.of(CometdNetwork.TLS, CometdNetwork.HTTP2, CometdNetwork.HTTP2_PLAIN)
                .flatMap(network -> Stream.of(Http.values()).map(http -> Arguments.of(network, http)));
    }

    @AfterEach
    void stop() {
        clients.forEach(BayeuxClient::close);
        server.close();
    }

    private BayeuxClient connect(Http http, CometdNetwork network) throws InterruptedException {
        BayeuxClient client = builder(http, network).build();
        clients.add(client);
        client.connect();
        return client;
    }

    private ClientBuilder builder(Http http, CometdNetwork network) {
        assumeFalse(http == Http.OKHTTP, "it is an example, which takes no TLS settings and no version of HTTP");
        return BayeuxClient.builder(server.uri()).transports(http.provider()).http(network.settings())
                .backoff(Backoff.of(Duration.ofMillis(50), Duration.ofMillis(500)));
    }

    private static <T> T next(PullSubscription<T> subscription) throws InterruptedException {
        return subscription.poll(LIMIT).map(Message::data).orElseThrow(() -> new AssertionError("no message"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void messagesGoFromClientToClientAcrossARestart(CometdNetwork network, Http http) throws Exception {
        server.network(network).start();
        BayeuxClient sender = connect(http, network);
        BlockingQueue<ClientEvent> renewed = new LinkedBlockingQueue<>();
        BayeuxClient receiver = builder(http, network).onEvent(event -> {
            if (event instanceof ClientEvent.SessionRenewed) {
                renewed.add(event);
            }
        }).build();
        clients.add(receiver);
        receiver.connect();
        PullSubscription<String> subscription = receiver.subscribe("/foo", String.class);
        sender.publish("/foo", "grün €");
        assertEquals("grün €", next(subscription));
        String large = "x".repeat(200_000);
        server.publish("/foo", "\"%s\"".formatted(large));
        assertEquals(large, next(subscription));
        sender.batch(batch -> IntStream.range(0, 100).forEach(n -> batch.publish("/foo", Integer.toString(n))));
        for (int n = 0; n < 100; n++) {
            assertEquals(Integer.toString(n), next(subscription));
        }
        server.restart();
        assertTrue(renewed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS) != null && receiver.awaitReady(LIMIT));
        server.publish("/foo", "\"after\"");
        assertEquals("after", next(subscription));
    }

    @ParameterizedTest
    @CsvSource({"HTTP2,JDK", "HTTP2,JETTY", "HTTP2_PLAIN,JETTY"})
    void manyClientsShareAConnection(CometdNetwork network, Http http) throws Exception {
        server.network(network).start();
        connect(http, network);
        server.awaitHeldConnects(1, LIMIT);
        for (int n = 1; n < MANY; n++) {
            connect(http, network).publish("/foo", n);
        }
        server.awaitHeldConnects(MANY, LIMIT);
        assertEquals(1, server.connectionCount());
    }

    /** A server takes some number of requests at once on a connection, Jetty 128. */
    @ParameterizedTest
    @CsvSource({"HTTP2,JDK", "HTTP2,JETTY", "HTTP2_PLAIN,JETTY"})
    void moreClientsThanOneConnectionTakes(CometdNetwork network, Http http) throws Exception {
        server.network(network).start();
        for (int n = 0; n < BEYOND; n++) {
            connect(http, network);
        }
        server.awaitHeldConnects(BEYOND, LIMIT);
        PullSubscription<String> subscription = clients.getLast().subscribe("/foo", String.class);
        clients.getFirst().publish("/foo", "still");
        assertEquals("still", next(subscription));
        assertTrue(server.connectionCount() < BEYOND / 10);
    }
}
