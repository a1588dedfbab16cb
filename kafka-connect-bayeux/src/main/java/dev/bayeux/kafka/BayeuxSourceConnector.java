package dev.bayeux.kafka;

import dev.bayeux.kafka.config.SourceConfig;
import dev.bayeux.kafka.config.WorkerJava;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Writes the deliveries of a Bayeux server into Kafka topics. Each channel or pattern belongs to one task and is one
 * source partition. docs/kafka-connect.md states the guarantees.
 */
public final class BayeuxSourceConnector extends SourceConnector {

    private static final String TASK = "dev.bayeux.kafka.task.BayeuxSourceTask";

    private Map<String, String> settings = Map.of();

    /** Called by Kafka Connect. */
    public BayeuxSourceConnector() {
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public ConfigDef config() {
        return SourceConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> given) {
        return Validation.extend(super.validate(given), given, SourceConfig::new, Runtime.version().feature());
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
        List<String> channels = new SourceConfig(settings).channels();
        int count = Math.min(maxTasks, channels.size());
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int task = 0; task < count; task++) {
            List<String> share = new ArrayList<>();
            for (int n = task; n < channels.size(); n += count) {
                share.add(channels.get(n));
            }
            Map<String, String> config = new HashMap<>(settings);
            config.put(SourceConfig.CHANNELS, String.join(",", share));
            tasks.add(config);
        }
        return tasks;
    }

    @Override
    public void stop() {
        // The connector itself has no resources.
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
        return SourceConfig.REQUIRED.equals(given.get(SourceConfig.REPLAY))
                ? ExactlyOnceSupport.SUPPORTED
                : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> given) {
        return ConnectorTransactionBoundaries.UNSUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> given, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (!SourceOffsets.isPartition(partition)) {
                throw new ConnectException(
                        "%s is no source partition of this connector. Give the fields \"server\" and \"channel\", both texts."
                                .formatted(partition));
            }
            if (offset != null && !SourceOffsets.isOffset(offset)) {
                throw new ConnectException(
                        "%s is no source offset of this connector. Give the field \"replayId\", a text or a number that is not negative. Write a number too large for an offset as a text, and add \"number\": true. Use null to forget the offset."
                                .formatted(offset));
            }
        });
        return true;
    }
}
