package dev.bayeux.tests.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import dev.bayeux.tests.server.ReceivedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose habits a test chooses, and clients of it. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
abstract class DialectRows {

    static final String HANDSHAKE = "/meta/handshake";
    static final String CONNECT = "/meta/connect";
    static final String SUBSCRIBE = "/meta/subscribe";
    static final String UNSUBSCRIBE = "/meta/unsubscribe";
    static final String DISCONNECT = "/meta/disconnect";
    static final Duration LIMIT = Duration.ofSeconds(60);

    final MemoryServer peer = new MemoryServer();
    final ScriptedBayeux server = ScriptedBayeux.over(peer);
    /** How long each batch might have taken, by its text. */
    final Map<String, Duration> limits = new ConcurrentHashMap<>();
    final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
    private final List<BayeuxClient> clients = new ArrayList<>();

    @AfterEach
    final void end() {
        clients.forEach(BayeuxClient::close);
        server.close();
        peer.assertScriptWorked();
    }

    final ClientBuilder builder() {
        return builder("http://server.test/cometd");
    }

    final ClientBuilder builder(String uri) {
        return BayeuxClient.builder(URI.create(uri)).transports(new Watched()).replyTimeout(LIMIT)
                .connectCallTimeout(LIMIT)
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).onEvent(events::add);
    }

    final BayeuxClient connect() throws InterruptedException {
        return connect(builder());
    }

    final BayeuxClient connect(ClientBuilder settings) throws InterruptedException {
        BayeuxClient client = settings.build();
        clients.add(client);
        client.connect();
        return client;
    }

    final ReceivedMessage take(String channel) throws InterruptedException {
        return server.takeMessage(channel, LIMIT);
    }

    final ReceivedRequest requestOf(ReceivedMessage message) {
        return peer.requests().get(message.request() - 1);
    }

    final <E extends ClientEvent> E awaitEvent(Class<E> type) throws InterruptedException {
        while (true) {
            ClientEvent event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertTrue(event != null, () -> "no " + type.getSimpleName());
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    static void assertNext(String expected, PullSubscription<?> subscription) throws InterruptedException {
        assertEquals(expected, subscription.poll(LIMIT).orElseThrow().text());
    }

    /** Works: a message comes back. */
    final void assertWorks(BayeuxClient client) throws InterruptedException {
        PullSubscription<?> subscription = client.subscribe("/works");
        client.publish("/works", 1);
        assertNext("1", subscription);
    }

    /** Notes how long each request may take. */
    private final class Watched implements TransportProvider {

        @Override
        public String name() {
            return "watched";
        }

        @Override
        public String connectionType() {
            return LongPollingTransport.CONNECTION_TYPE;
        }

        @Override
        public Transport open(TransportContext context) {
            RequestResponseTransport transport = new MemoryTransportProvider(peer).open(context);
            return new RequestResponseTransport() {

                @Override
                public String exchange(Batch batch) throws InterruptedException {
                    limits.put(batch.text(), batch.limit());
                    return transport.exchange(batch);
                }

                @Override
                public void close() {
                    transport.close();
                }
            };
        }
    }
}
