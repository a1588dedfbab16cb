package dev.bayeux.kafka.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a task, which Kafka Connect shows over JMX (type {@code plugins}). */
final class TaskMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

    private final Map<String, LongSupplier> values = new LinkedHashMap<>();
    private final Map<String, String> descriptions = new LinkedHashMap<>();

    /** Adds a counter, which only increases. */
    AtomicLong counter(String name, String description) {
        AtomicLong counter = new AtomicLong();
        gauge(name, description, counter::get);
        return counter;
    }

    /** Adds a metric whose value is computed when it is read. */
    void gauge(String name, String description, LongSupplier value) {
        values.put(name, value);
        descriptions.put(name, description);
    }

    /** Registers all metrics with Kafka Connect. Workers before Kafka 4.1 have no metrics of plugins. */
    void register(Supplier<@Nullable PluginMetrics> source) {
        try {
            PluginMetrics metrics = source.get();
            if (metrics != null) {
                values.forEach((name, value) -> metrics.addMetric(
                        metrics.metricName(name, String.valueOf(descriptions.get(name)), new LinkedHashMap<>()),
                        (Gauge<Long>) (config, now) -> value.getAsLong()));
            }
        } catch (NoSuchMethodError | NoClassDefFoundError older) {
            LOG.info("This worker shows no metrics of plugins; Kafka 4.1 and later do.");
        }
    }

    /** Returns the values by name. */
    Map<String, Long> values() {
        Map<String, Long> now = new LinkedHashMap<>();
        values.forEach((name, value) -> now.put(name, value.getAsLong()));
        return now;
    }
}
