package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Observation;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.junit.BayeuxServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import org.junit.jupiter.api.Test;

@BayeuxServer(memory = true)
class MicrometerMetricsTest {

    @Test
    void whatAClientDoesIsCountedAndTimed(URI uri, TransportProvider transport) throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (BayeuxClient client = BayeuxClient.builder(uri).name("shop").transports(transport)
                .observation(Observation.DEFAULT.withMetrics(new MicrometerMetrics(registry))).connect();
                var orders = client.subscribe("/orders")) {
            client.publish("/orders", 1);
            orders.take();
        }
        assertEquals(1, registry.get("bayeux.publishes").tag("channel", "/orders").tag("outcome", "accepted").timer()
                .count());
        assertEquals(1, registry.get("bayeux.deliveries.lag").tag("client", "shop").timer().count());
        assertEquals(1, registry.get("bayeux.exchanges").tag("exchange", "handshake").timer().count());
    }
}
