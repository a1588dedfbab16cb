package dev.bayeux.kafka.task;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.OutboxLimits;
import dev.bayeux.kafka.PluginVersion;
import dev.bayeux.kafka.config.SinkConfig;
import dev.bayeux.kafka.config.SourceConfig;
import dev.bayeux.kafka.config.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes records with one client. {@code put} never waits for the server: it adds messages to the client's outbox,
 * which retries them until the server has accepted them. For each partition, Kafka Connect commits the offset of the
 * first record that is not settled.
 */
public final class BayeuxSinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(BayeuxSinkTask.class);
    /** The longest wait until Kafka Connect calls {@code put} again while messages are not settled. */
    private static final long SOON_MS = 100;

    private final UnaryOperator<ClientBuilder> change;
    private final TaskMetrics metrics = new TaskMetrics();
    private @Nullable SinkQueue queue;
    private @Nullable ServerConnection connection;
    private @Nullable ClientWatch watch;
    private @Nullable RecordData data;
    private @Nullable Template channel;
    private @Nullable String header;
    private int most;
    private boolean paused;

    /** Called by Kafka Connect. */
    public BayeuxSinkTask() {
        this(builder -> builder);
    }

    /** Makes a task that changes the settings of its client, for tests. */
    BayeuxSinkTask(UnaryOperator<ClientBuilder> change) {
        this.change = change;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> settings) {
        SinkConfig config = new SinkConfig(settings);
        config.problems().values().stream().findFirst().ifPresent(problem -> {
            throw new ConnectException(problem);
        });
        channel = new Template(config.getString(SinkConfig.CHANNEL), "topic");
        header = config.getString(SinkConfig.CHANNEL_HEADER);
        data = new RecordData(SourceConfig.TEXT.equals(config.getString(SinkConfig.VALUE_FORMAT)));
        most = config.getInt(SinkConfig.OUTBOX);
        String name = "sink";
        ClientWatch events = new ClientWatch(name, metrics, this::happened);
        watch = events;
        boolean repeats = SinkConfig.RETRY.equals(config.getString(SinkConfig.ON_UNKNOWN));
        OutboxLimits limits = OutboxLimits.DEFAULT.withMaxMessages(most).withoutDeadline();
        BayeuxClient client = change.apply(ClientSettings.builder(config, name).onEvent(events)
                .outbox(repeats ? limits : limits.withMaxAttempts(1))).build();
        SinkQueue made = new SinkQueue(config, client.outbox()::publish);
        queue = made;
        metrics.gauge("accepted", "How many messages the server has accepted", made::accepted);
        metrics.gauge("unknown", "How many publishes have an unknown outcome, because the reply was lost",
                made::unknown);
        metrics.gauge("queued", "How many messages the server has not accepted yet", made::size);
        metrics.register(() -> context.pluginMetrics());
        ServerConnection opened = new ServerConnection(client, name, config, () -> {
            // Nothing to prepare.
        });
        connection = opened;
        opened.start();
    }

    private void happened(ClientEvent event) {
        ServerConnection open = connection;
        if (open != null && event instanceof ClientEvent.AttemptFailed failed
                && Failures.isTokenRefused(failed.cause())) {
            open.fail(failed.cause());
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        List<SinkMessage> messages = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            messages.add(message(record));
        }
        made(queue).add(messages);
        lookAfter();
        pauseOrResume();
    }

    private SinkMessage message(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        try {
            return new SinkMessage(record, partition, record.originalKafkaOffset(), channel(record),
                    made(data).json(record.valueSchema(), record.value()));
        } catch (DataException unsuitable) {
            SinkMessage message = new SinkMessage(record, partition, record.originalKafkaOffset(), "", "");
            report(message, unsuitable);
            message.settled = true;
            return message;
        }
    }

    private String channel(SinkRecord record) {
        Header named = header == null ? null : record.headers().lastWithName(header);
        return named == null || named.value() == null
                ? made(channel).with(record.topic())
                : String.valueOf(named.value());
    }

    /** Throws the failure that ends the task, and reports the refused records. */
    private void lookAfter() {
        made(connection).check();
        SinkQueue messages = made(queue);
        Throwable failure = messages.failure();
        if (failure != null) {
            throw Failures.of(failure);
        }
        for (SinkQueue.Refused refused : messages.takeRefused()) {
            made(watch).refused();
            report(refused.message(), refused.cause());
            messages.settle(refused.message());
        }
    }

    /** Passes a record to the error reporter of Kafka Connect, such as a dead letter queue; throws if there is none. */
    private void report(SinkMessage message, Throwable cause) {
        ErrantRecordReporter reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw new ConnectException("The record at offset %d of %s cannot be delivered: %s".formatted(message.offset,
                    message.partition, cause.getMessage()), cause);
        }
        LOG.debug("The record at offset {} of {} is reported: {}", message.offset, message.partition,
                cause.getMessage());
        reporter.report(message.record, cause);
    }

    private void pauseOrResume() {
        int size = made(queue).size();
        TopicPartition[] assigned = context.assignment().toArray(TopicPartition[]::new);
        if (size >= most && !paused) {
            LOG.debug("The outbox is full: the partitions are paused.");
            context.pause(assigned);
            paused = true;
        } else if (paused && size <= most / 2) {
            context.resume(assigned);
            paused = false;
        }
        if (size > 0) {
            context.timeout(SOON_MS);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> current) {
        lookAfter();
        Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
        current.forEach((partition, offset) -> {
            OptionalLong first = made(queue).firstUnsettled(partition);
            safe.put(partition, first.isPresent() && first.getAsLong() < offset.offset()
                    ? new OffsetAndMetadata(first.getAsLong())
                    : offset);
        });
        return safe;
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        if (paused) {
            context.pause(partitions.toArray(TopicPartition[]::new));
        }
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        if (queue != null) {
            queue.forget(partitions);
        }
    }

    @Override
    public void stop() {
        if (connection != null) {
            connection.close();
        }
    }

    private static <T> T made(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The task is not started.");
        }
        return value;
    }

    /** Returns the metrics of the task. */
    TaskMetrics metrics() {
        return metrics;
    }
}
