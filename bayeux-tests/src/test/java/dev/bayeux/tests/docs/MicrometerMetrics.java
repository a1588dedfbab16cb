package dev.bayeux.tests.docs;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.error.PublishException.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Metrics of clients for Micrometer. */
public final class MicrometerMetrics implements ClientMetrics {

    private final MeterRegistry registry;

    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void exchanged(String client, Exchange exchange, String connectionType, long nanos, boolean answered) {
        registry.timer("bayeux.exchanges", "client", client, "exchange", exchange.name().toLowerCase(Locale.ROOT),
                "type", connectionType, "answered", Boolean.toString(answered)).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void published(String client, String channel, long nanos, @Nullable Outcome failure) {
        registry.timer("bayeux.publishes", "client", client, "channel", channel,
                "outcome", failure == null ? "accepted" : failure.name().toLowerCase(Locale.ROOT))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void delivered(String client, String channel, long lagNanos) {
        registry.timer("bayeux.deliveries.lag", "client", client, "channel", channel)
                .record(lagNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handled(String client, String channel, long nanos, boolean failed) {
        registry.timer("bayeux.handlers", "client", client, "channel", channel, "failed", Boolean.toString(failed))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void happened(String client, ClientEvent event) {
        if (event instanceof ClientEvent.MessagesDropped dropped) {
            registry.counter("bayeux.dropped", "client", client).increment(dropped.count());
        }
        registry.counter("bayeux.events", "client", client, "event", event.getClass().getSimpleName()).increment();
    }
}
