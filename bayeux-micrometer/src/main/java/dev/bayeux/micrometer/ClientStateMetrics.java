package dev.bayeux.micrometer;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows in which state a client is. All gauges have the tag {@code client}:
 *
 * <ul>
 * <li>{@code bayeux.client.connected}: 1 while the client is connected, otherwise 0
 * <li>{@code bayeux.client.attempts.failed}: how many attempts to reach the server have failed in a row
 * <li>{@code bayeux.client.state.age}: for how long the client has been in its state
 * </ul>
 *
 * <p>Registries keep no client alive: once the program has none any more, the gauges are {@code NaN}. A program whose
 * clients come and go removes their meters itself ({@link MeterRegistry#remove}).
 */
public final class ClientStateMetrics implements MeterBinder {

    private final String name;
    private final BayeuxClient client;
    private final Clock clock;

    /**
     * The gauges of a client.
     *
     * @param name the value of the tag {@code client}, best the name that the client has
     * @param client the client
     */
    public ClientStateMetrics(String name, BayeuxClient client) {
        this(name, client, Clock.systemUTC());
    }

    ClientStateMetrics(String name, BayeuxClient client, Clock clock) {
        this.name = Objects.requireNonNull(name, "name");
        this.client = Objects.requireNonNull(client, "client");
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Clock time = clock;
        Gauge.builder("bayeux.client.connected", client, seen -> seen.state().isConnected() ? 1 : 0)
                .description("1 while the client is connected, otherwise 0").tag("client", name).register(registry);
        Gauge.builder("bayeux.client.attempts.failed", client, seen -> seen.state().failedAttempts())
                .baseUnit("attempts")
                .description("Attempts to reach the server that have failed in a row").tag("client", name)
                .register(registry);
        TimeGauge.builder("bayeux.client.state.age", client, TimeUnit.MILLISECONDS, seen -> age(seen, time))
                .description("For how long the client has been in its state").tag("client", name).register(registry);
    }

    private static double age(@Nullable BayeuxClient client, Clock clock) {
        if (client == null) {
            return Double.NaN;
        }
        ClientState state = client.state();
        return Math.max(0, Duration.between(state.since(), clock.instant()).toMillis());
    }
}
