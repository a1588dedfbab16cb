package dev.bayeux.kafka.task;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.PluginVersion;
import dev.bayeux.kafka.config.SourceConfig;
import dev.bayeux.kafka.task.IncomingMessages.Incoming;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the messages of some channels with one client. {@code start} only reads settings and source offsets; the client
 * connects and subscribes on a separate thread, and {@code poll} waits half a second at most.
 */
public final class BayeuxSourceTask extends SourceTask {

    private static final Logger LOG = LoggerFactory.getLogger(BayeuxSourceTask.class);
    private static final Duration POLL_LIMIT = Duration.ofMillis(500);

    private final UnaryOperator<ClientBuilder> change;
    private final TaskMetrics metrics = new TaskMetrics();
    private final Map<String, SourceChannel> channels = new LinkedHashMap<>();
    private final StartPositions positions = new StartPositions();
    /** The channels that continue at a source offset. A server without replay means a gap for them. */
    private final Set<String> resumed = ConcurrentHashMap.newKeySet();
    private final Map<String, Subscription> active = new LinkedHashMap<>();
    private final AtomicLong deliveries = metrics.counter("deliveries", "How many messages became records");
    private final AtomicLong duplicates = metrics.counter("duplicates",
            "How many messages were left out, because the server delivered them twice");
    private final AtomicLong gaps = metrics.counter("gaps",
            "How often a channel could not continue at its position, so that messages may have been missed");
    /** The timestamp of the last record that has one, in milliseconds since 1970; 0 if there is none. */
    private volatile long newest;
    private @Nullable SourceConfig config;
    private @Nullable IncomingMessages incoming;
    private @Nullable ServerConnection connection;
    private @Nullable RecordFactory factory;
    private @Nullable BayeuxClient client;
    private @Nullable ClientWatch watch;

    /** Called by Kafka Connect. */
    public BayeuxSourceTask() {
        this(builder -> builder);
    }

    /** Makes a task that changes the settings of its client, for tests. */
    BayeuxSourceTask(UnaryOperator<ClientBuilder> change) {
        this.change = change;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> settings) {
        SourceConfig read = new SourceConfig(settings);
        read.problems().values().stream().findFirst().ifPresent(problem -> {
            throw new ConnectException(problem);
        });
        config = read;
        for (String name : read.channels()) {
            channels.put(name, new SourceChannel(read.serverId(), name));
        }
        boolean replay = !read.replay().equals(SourceConfig.OFF);
        if (replay) {
            readOffsets();
        }
        String name = "source-%s".formatted(read.channels().getFirst());
        ClientWatch events = new ClientWatch(name, metrics, this::happened);
        watch = events;
        ClientBuilder builder = ClientSettings.builder(read, name).onEvent(events);
        if (replay) {
            builder.replay(positions).onInvalidPosition(this::refused);
        }
        IncomingMessages messages = new IncomingMessages(read.getInt(SourceConfig.BATCH));
        BayeuxClient made = change.apply(builder).build();
        incoming = messages;
        factory = new RecordFactory(read);
        client = made;
        connection = new ServerConnection(made, name, read, this::subscribe);
        metrics.gauge("queued", "How many messages wait for the next poll", messages::size);
        metrics.gauge("lag-ms",
                "The age of the newest record by the server's time, in milliseconds; -1 if the server names no time",
                this::lag);
        metrics.register(() -> context.pluginMetrics());
        connection.start();
    }

    private void readOffsets() {
        List<Map<String, String>> partitions = channels.values().stream().map(SourceChannel::partition).toList();
        Map<Map<String, String>, Map<String, Object>> stored = context.offsetStorageReader().offsets(partitions);
        for (SourceChannel channel : channels.values()) {
            Map<String, Object> offset = stored.get(channel.partition());
            if (offset != null) {
                Position position;
                try {
                    position = ReplayIds.position(offset);
                } catch (IllegalArgumentException unusable) {
                    throw new ConnectException("%s: %s Alter or reset the offsets of the connector."
                            .formatted(channel.name(), unusable.getMessage()), unusable);
                }
                positions.begin(channel.name(), position);
                channel.advance(position);
                resumed.add(channel.name());
                LOG.info("{}: continues {}.", channel.name(), position);
            }
        }
    }

    /** Starts the subscriptions that do not exist yet, all at the same time, and waits for the replies. */
    private void subscribe() throws InterruptedException {
        Map<String, CompletableFuture<Subscription>> asked = new LinkedHashMap<>();
        for (SourceChannel channel : channels.values()) {
            if (!active.containsKey(channel.name())) {
                asked.put(channel.name(), start(channel));
            }
        }
        @Nullable
        BayeuxException failure = null;
        for (Map.Entry<String, CompletableFuture<Subscription>> each : asked.entrySet()) {
            try {
                active.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof BayeuxException known) {
                    countRefusal(known);
                    failure = failure == null || Failures.isFinal(known) ? known : failure;
                } else {
                    throw new ConnectException("Cannot subscribe %s.".formatted(each.getKey()), failed.getCause());
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void countRefusal(BayeuxException failure) {
        if (failure instanceof SubscribeException refused && refused.error().isPresent()) {
            made(watch).refused();
        }
    }

    private CompletableFuture<Subscription> start(SourceChannel channel) {
        SourceConfig read = made(config);
        IncomingMessages messages = made(incoming);
        SubscriptionBuilder<JsonValue> subscription = made(client).subscription(channel.name())
                .queue(read.getInt(SourceConfig.QUEUE), Overflow.PAUSE);
        if (!read.replay().equals(SourceConfig.OFF)) {
            subscription.fromStoredOr(SourceConfig.EARLIEST.equals(read.getString(SourceConfig.START))
                    ? Position.EARLIEST
                    : Position.TIP);
        }
        return subscription.startAsync(message -> messages.put(channel, message));
    }

    /** Chooses the position where a channel begins after the server has refused its position. */
    private Optional<Position> refused(String key, Position position, ServerError error) {
        SourceConfig read = made(config);
        gaps.incrementAndGet();
        channels.values().stream().filter(channel -> StartPositions.key(channel.name()).equals(key))
                .forEach(SourceChannel::forgetSeen);
        String choice = read.getString(SourceConfig.ON_INVALID_POSITION);
        LOG.warn("{}: the server refuses the position {} ({}). Messages may have been missed; {}={}.", key, position,
                error, SourceConfig.ON_INVALID_POSITION, choice);
        return switch (choice) {
            case SourceConfig.EARLIEST -> Optional.of(Position.EARLIEST);
            case SourceConfig.TIP -> Optional.of(Position.TIP);
            default -> Optional.empty();
        };
    }

    private void happened(ClientEvent event) {
        switch (event) {
            case ClientEvent.SubscriptionRejected rejected when Failures.isFinal(rejected.cause()) ->
                fail(rejected.cause());
            case ClientEvent.AttemptFailed failed when Failures.isTokenRefused(failed.cause()) -> fail(failed.cause());
            case ReplayGap gap -> gap(gap);
            default -> {
                // The task ignores other events.
            }
        }
    }

    private void gap(ReplayGap gap) {
        String text = String.valueOf(gap.cause().getMessage());
        switch (gap.reason()) {
            case REFUSED -> {
                // refused() has counted this gap.
            }
            case NOT_OFFERED -> {
                if (SourceConfig.REQUIRED.equals(made(config).replay())) {
                    fail(gap.cause());
                } else if (resumed.contains(gap.channel())) {
                    gaps.incrementAndGet();
                    LOG.warn("{}: {}", gap.channel(), text);
                } else {
                    LOG.info(
                            "{}: the server offers no replay; messages that it sends while there is no session are lost.",
                            gap.channel());
                }
            }
            default -> {
                gaps.incrementAndGet();
                LOG.warn("{}: {}", gap.channel(), text);
            }
        }
    }

    private void fail(Throwable cause) {
        ServerConnection open = connection;
        if (open != null) {
            open.fail(cause);
        }
    }

    private static <T> T made(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The task is not started.");
        }
        return value;
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        List<Incoming> received = made(incoming).take(POLL_LIMIT.toNanos());
        if (received.isEmpty()) {
            made(connection).check();
            return null;
        }
        RecordFactory records = made(factory);
        List<SourceRecord> made = new ArrayList<>(received.size());
        for (Incoming each : received) {
            SourceRecord record = records.record(each.channel(), each.message());
            if (record == null) {
                duplicates.incrementAndGet();
            } else {
                made.add(record);
                if (record.timestamp() != null) {
                    newest = record.timestamp();
                }
            }
        }
        deliveries.addAndGet(made.size());
        return made.isEmpty() ? null : made;
    }

    private long lag() {
        return newest == 0 ? -1 : Math.max(0, System.currentTimeMillis() - newest);
    }

    @Override
    public void stop() {
        if (incoming != null) {
            incoming.close();
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** Returns the metrics of the task. */
    TaskMetrics metrics() {
        return metrics;
    }
}
