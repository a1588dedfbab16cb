package dev.bayeux.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics.Exchange;
import dev.bayeux.api.Observation;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MicrometerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry);

    @Test
    void exchangesAreTimedByKindTransportAndOutcome() {
        metrics.exchanged("shop", Exchange.CONNECT, "long-polling", 5_000_000, true);
        metrics.exchanged("shop", Exchange.CONNECT, "long-polling", 7_000_000, false);

        assertEquals(5, registry.get("bayeux.client.exchanges")
                .tags("client", "shop", "exchange", "connect", "transport", "long-polling", "outcome", "answered")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS));
        assertEquals(1, registry.get("bayeux.client.exchanges").tag("outcome", "lost").timer().count());
    }

    @Test
    void publishesAreTimedByOutcome() {
        metrics.published("shop", "/a", 1, null);
        metrics.published("shop", "/b", 1, null);
        metrics.published("shop", "/b", 1, PublishException.Outcome.NOT_SENT);

        assertEquals(2,
                registry.get("bayeux.client.publishes").tags("outcome", "accepted", "channel", "all").timer().count());
        assertEquals(1, registry.get("bayeux.client.publishes").tag("outcome", "not_sent").timer().count());
    }

    @Test
    void deliveriesAndHandlersAreTimedAndChannelsNamedAsTheProgramSays() {
        MicrometerMetrics named = new MicrometerMetrics(registry,
                channel -> channel.startsWith("/orders/")
                        ? "/orders/*"
                        : "other");
        named.delivered("shop", "/orders/1", 3_000);
        named.delivered("shop", "/orders/2", 4_000);
        named.handled("shop", "/orders/1", 1, false);
        named.handled("shop", "/prices", 1, true);

        assertEquals(7_000, registry.get("bayeux.client.deliveries.lag").tags("client", "shop", "channel", "/orders/*")
                .timer().totalTime(TimeUnit.NANOSECONDS));
        assertEquals(1,
                registry.get("bayeux.client.handlers").tags("channel", "/orders/*", "outcome", "success").timer()
                        .count());
        assertEquals(1,
                registry.get("bayeux.client.handlers").tags("channel", "other", "outcome", "error").timer().count());
    }

    @Test
    void eventsAndDroppedMessagesAreCounted() {
        metrics.happened("shop", new ClientEvent.SessionRenewed());
        metrics.happened("shop", new ClientEvent.ServerAskedToWait(Duration.ofMinutes(2)));
        metrics.happened("shop", new ClientEvent.ServerAskedToWait(Duration.ofMinutes(2)));
        metrics.happened("shop", dropped(7));

        assertEquals(1, registry.get("bayeux.client.events").tag("event", "session_renewed").counter().count());
        assertEquals(2, registry.get("bayeux.client.events").tag("event", "server_asked_to_wait").counter().count());
        assertEquals(7, registry.get("bayeux.client.messages.dropped").tag("client", "shop").counter().count());
    }

    /** Of a subscription that no meter observes. */
    @SuppressWarnings("NullAway")
    private static ClientEvent dropped(long count) {
        return new ClientEvent.MessagesDropped(null, count);
    }

    @Test
    void eachMeterHasTheSameTagKeysWhateverHappens() {
        metrics.exchanged("a", Exchange.SEND, "websocket", 1, true);
        metrics.published("a", "/a", 1, PublishException.Outcome.REFUSED);
        metrics.delivered("a", "/a", 1);
        metrics.handled("a", "/a", 1, true);

        for (Meter meter : registry.getMeters()) {
            String name = meter.getId().getName();
            assertTrue(name.matches("bayeux\\.client(\\.[a-z]+)+"), name);
            assertFalse(String.valueOf(meter.getId().getDescription()).isBlank(), name);
            assertEquals("a", meter.getId().getTag("client"), name);
        }
    }

    @Test
    void aClientOfTheEngineIsMeasured() throws Exception {
        // Bound, but nobody listens; a port that is free could be taken by another program meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (BayeuxClient client = BayeuxClient
                    .builder(URI.create("http://localhost:%d/cometd".formatted(nobody.getLocalPort()))).name("shop")
                    .observation(Observation.DEFAULT.withMetrics(metrics)).backoff(Backoff.DEFAULT.withMaxAttempts(1))
                    .build()) {
                assertThrows(BayeuxException.class, client::connect);
            }
        }
        assertTrue(registry.get("bayeux.client.exchanges")
                .tags("client", "shop", "exchange", "handshake", "outcome", "lost")
                .timer().count() > 0);
    }
}
