package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Observation;
import dev.bayeux.tests.MemoryWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("transport:memory")
class MicrometerMetricsTest {

    @Test
    void whatAClientDoesIsCountedAndTimed() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (MemoryWorld world = new MemoryWorld(settings -> settings.name("shop")
                .observation(Observation.DEFAULT.withMetrics(new MicrometerMetrics(registry))))) {
            var orders = world.connect().client.subscribe("/orders");
            world.client.publish("/orders", 1);
            orders.take();
        }
        assertEquals(1, registry.get("bayeux.publishes").tag("channel", "/orders").tag("outcome", "accepted").timer()
                .count());
        assertEquals(1, registry.get("bayeux.deliveries.lag").tag("client", "shop").timer().count());
        assertEquals(1, registry.get("bayeux.exchanges").tag("exchange", "handshake").timer().count());
    }
}
