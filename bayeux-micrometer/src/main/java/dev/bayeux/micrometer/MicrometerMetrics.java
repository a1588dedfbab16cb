package dev.bayeux.micrometer;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientMetrics;
import dev.bayeux.api.error.PublishException.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what clients do, in a meter registry. One instance serves any number of clients; the tag {@code client}
 * tells them apart.
 *
 * <table class="striped">
 * <caption>Meters</caption>
 * <thead><tr><th scope="col">name</th><th scope="col">kind</th><th scope="col">tags besides {@code client}</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code bayeux.client.exchanges}</th><td>timer</td>
 * <td>{@code exchange}: {@code handshake}, {@code connect}, {@code send}; {@code transport}: the connection type;
 * {@code outcome}: {@code answered}, {@code lost}</td></tr>
 * <tr><th scope="row">{@code bayeux.client.publishes}</th><td>timer</td>
 * <td>{@code outcome}: {@code accepted}, {@code refused}, {@code not_sent}, {@code unknown}; {@code channel}</td></tr>
 * <tr><th scope="row">{@code bayeux.client.deliveries.lag}</th><td>timer</td><td>{@code channel}</td></tr>
 * <tr><th scope="row">{@code bayeux.client.handlers}</th><td>timer</td>
 * <td>{@code outcome}: {@code success}, {@code error}; {@code channel}</td></tr>
 * <tr><th scope="row">{@code bayeux.client.messages.dropped}</th><td>counter</td><td></td></tr>
 * <tr><th scope="row">{@code bayeux.client.events}</th><td>counter</td>
 * <td>{@code event}: the name of the {@link ClientEvent}, such as {@code attempt_failed}</td></tr>
 * </tbody>
 * </table>
 *
 * <p><b>Channels.</b> Each value of a tag makes a series, and channels may carry the ids of users or orders. Therefore
 * {@code channel} is {@code all} unless the program says how channels are named.
 */
public final class MicrometerMetrics implements ClientMetrics {

    private final UnaryOperator<String> channels;
    private final MeterProvider<Timer> exchanges;
    private final MeterProvider<Timer> publishes;
    private final MeterProvider<Timer> lags;
    private final MeterProvider<Timer> handlers;
    private final MeterProvider<Counter> dropped;
    private final MeterProvider<Counter> events;

    /**
     * Without channels.
     *
     * @param registry where the meters are
     */
    public MicrometerMetrics(MeterRegistry registry) {
        this(registry, channel -> "all");
    }

    /**
     * With channels.
     *
     * @param registry where the meters are
     * @param channels returns the value of that tag for a channel, such as a pattern that matches it; called
     *            on threads of the protocol, so it must return at once
     */
    public MicrometerMetrics(MeterRegistry registry, UnaryOperator<String> channels) {
        Objects.requireNonNull(registry, "registry");
        this.channels = Objects.requireNonNull(channels, "channels");
        exchanges = Timer.builder("bayeux.client.exchanges")
                .description("Exchanges with the server; a connect is held by the server").withRegistry(registry);
        publishes = Timer.builder("bayeux.client.publishes")
                .description("From the call until the reply of the server").withRegistry(registry);
        lags = Timer.builder("bayeux.client.deliveries.lag")
                .description("From the arrival of a message until it is handed to the program").withRegistry(registry);
        handlers = Timer.builder("bayeux.client.handlers").description("Handlers of the program")
                .withRegistry(registry);
        dropped = Counter.builder("bayeux.client.messages.dropped").baseUnit("messages")
                .description("Messages that a full queue has dropped").withRegistry(registry);
        events = Counter.builder("bayeux.client.events").baseUnit("events").description("Events of clients")
                .withRegistry(registry);
    }

    @Override
    public void exchanged(String client, Exchange exchange, String connectionType, long nanos, boolean answered) {
        exchanges
                .withTags(Tags.of("client", client, "exchange", lower(exchange), "transport", connectionType, "outcome",
                        answered ? "answered" : "lost"))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void published(String client, String channel, long nanos, @Nullable Outcome failure) {
        publishes.withTags(Tags.of("client", client, "channel", channels.apply(channel), "outcome",
                failure == null ? "accepted" : lower(failure))).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void delivered(String client, String channel, long lagNanos) {
        lags.withTags(Tags.of("client", client, "channel", channels.apply(channel))).record(lagNanos,
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void handled(String client, String channel, long nanos, boolean failed) {
        handlers.withTags(Tags.of("client", client, "channel", channels.apply(channel), "outcome",
                failed ? "error" : "success")).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void happened(String client, ClientEvent event) {
        if (event instanceof ClientEvent.MessagesDropped some) {
            dropped.withTags(Tags.of("client", client)).increment((double) some.count());
        }
        events.withTags(Tags.of("client", client, "event", name(event))).increment();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code AttemptFailed} becomes {@code attempt_failed}. */
    private static String name(ClientEvent event) {
        return event.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
