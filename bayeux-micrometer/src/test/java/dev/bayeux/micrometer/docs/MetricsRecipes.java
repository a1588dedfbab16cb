package dev.bayeux.micrometer.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Observation;
import dev.bayeux.micrometer.ClientHealth;
import dev.bayeux.micrometer.ClientStateMetrics;
import dev.bayeux.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;

/** The code of docs/metrics.md. */
final class MetricsRecipes {

    private MetricsRecipes() {
    }

    static BayeuxClient metrics(URI uri, MeterRegistry registry) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(uri)
                .name("shop")
                .observation(Observation.DEFAULT.withMetrics(new MicrometerMetrics(registry)))
                .connect();
        new ClientStateMetrics("shop", client).bindTo(registry);
        return client;
    }

    static MicrometerMetrics channels(MeterRegistry registry) {
        return new MicrometerMetrics(registry, channel -> channel.startsWith("/orders/") ? "/orders/*" : channel);
    }

    static boolean isReadyForTraffic(BayeuxClient client) {
        ClientHealth health = ClientHealth.of(client.state());
        return health.status() == ClientHealth.Status.UP || health.status() == ClientHealth.Status.UNKNOWN;
    }
}
