package dev.bayeux.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.BayeuxClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientStateMetricsTest {

    @Test
    void theStateOfAClientIsShown() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (BayeuxClient client = BayeuxClient.builder(URI.create("http://localhost:1/cometd")).build()) {
            Clock later = Clock.fixed(client.state().since().plusSeconds(90), ZoneOffset.UTC);

            new ClientStateMetrics("shop", client, later).bindTo(registry);

            assertEquals(0, registry.get("bayeux.client.connected").tag("client", "shop").gauge().value());
            assertEquals(0, registry.get("bayeux.client.attempts.failed").tag("client", "shop").gauge().value());
            assertEquals(90, registry.get("bayeux.client.state.age").tag("client", "shop").timeGauge()
                    .value(TimeUnit.SECONDS));
        }
    }
}
