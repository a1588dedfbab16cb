package dev.bayeux.kafka;

import dev.bayeux.kafka.config.SinkConfig;
import dev.bayeux.kafka.config.WorkerJava;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Publishes the records of Kafka topics to channels of a Bayeux server, by default at least once. docs/kafka-connect.md
 * states the guarantees.
 */
public final class BayeuxSinkConnector extends SinkConnector {

    private static final String TASK = "dev.bayeux.kafka.task.BayeuxSinkTask";

    private Map<String, String> settings = Map.of();

    /** Called by Kafka Connect. */
    public BayeuxSinkConnector() {
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public ConfigDef config() {
        return SinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> given) {
        return Validation.extend(super.validate(given), given, SinkConfig::new, Runtime.version().feature());
    }

    @Override
    public void start(Map<String, String> given) {
        settings = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WorkerJava.load(TASK, Task.class);
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, settings);
    }

    @Override
    public void stop() {
        // The connector itself has no resources.
    }

    @Override
    public boolean alterOffsets(Map<String, String> given, Map<TopicPartition, Long> offsets) {
        // The offsets of a sink are those of its consumer group; the connector stores none.
        return true;
    }
}
