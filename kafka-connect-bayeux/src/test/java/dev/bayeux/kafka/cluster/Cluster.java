package dev.bayeux.kafka.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.errors.ConnectRestException;
import org.apache.kafka.connect.util.clusters.EmbeddedConnectCluster;

/** A Kafka broker and two Kafka Connect workers in this JVM, with the plugin from its zip. */
final class Cluster implements AutoCloseable {

    /** The limit of each wait, which a loaded machine does not reach. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long STEP_NANOS = 50_000_000;
    private static final int REBALANCING = 409;

    final EmbeddedConnectCluster connect;

    Cluster(Path plugins) {
        Map<String, String> worker = new HashMap<>();
        worker.put("plugin.path", plugins.toString());
        worker.put("plugin.discovery", "service_load");
        worker.put("offset.flush.interval.ms", "500");
        worker.put("exactly.once.source.support", "enabled");
        worker.put("scheduled.rebalance.max.delay.ms", "500");
        worker.put("offset.storage.partitions", "1");
        worker.put("status.storage.partitions", "1");
        worker.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        worker.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        Properties broker = new Properties();
        broker.put("transaction.state.log.replication.factor", "1");
        broker.put("transaction.state.log.min.isr", "1");
        broker.put("transaction.state.log.num.partitions", "1");
        broker.put("offsets.topic.num.partitions", "1");
        broker.put("log.cleaner.dedupe.buffer.size", "2097152");
        connect = new EmbeddedConnectCluster.Builder().name("bayeux").numWorkers(2).numBrokers(1).workerProps(worker)
                .brokerProps(broker).maskExitProcedures(true).build();
        connect.start();
    }

    /** Unpacks the plugin as its documentation describes. */
    static Path unpack(Path zip, Path folder) {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The zip leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    copy(in, target);
                }
            }
            return folder;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void copy(InputStream in, Path target) throws IOException {
        Files.copy(in, target);
    }

    /** Creates a connector, or changes its settings. */
    void configure(String connector, Map<String, String> config) throws Exception {
        request("the settings of " + connector, () -> connect.configureConnector(connector, config));
    }

    void delete(String connector) throws Exception {
        request("the end of " + connector, () -> connect.deleteConnector(connector));
    }

    void resume(String connector) throws Exception {
        request("the resumption of " + connector, () -> connect.resumeConnector(connector));
    }

    void stop(String connector) throws Exception {
        request("the stop of " + connector, () -> connect.stopConnector(connector));
        connect.assertions().assertConnectorIsStopped(connector, "stopped");
    }

    /** Repeats a request while the workers refuse it because they are rebalancing (HTTP status 409). */
    private static void request(String what, Runnable request) throws Exception {
        await(what, () -> {
            try {
                request.run();
                return true;
            } catch (ConnectRestException refused) {
                if (refused.statusCode() != REBALANCING) {
                    throw refused;
                }
                return false;
            }
        });
    }

    /** Waits until a connector has this number of tasks and all run. */
    void awaitRunning(String connector, int tasks) throws Exception {
        await("%d running tasks of %s".formatted(tasks, connector), () -> {
            ConnectorStateInfo state = status(connector);
            return state != null && state.connector().state().equals("RUNNING") && state.tasks().size() == tasks
                    && state.tasks().stream().allMatch(task -> task.state().equals("RUNNING"));
        });
    }

    /** Waits until a task of a connector has failed; returns the stack trace. */
    String awaitFailure(String connector) throws Exception {
        List<String> traces = new ArrayList<>();
        await("a failed task of " + connector, () -> {
            ConnectorStateInfo state = status(connector);
            if (state != null) {
                state.tasks().stream().filter(task -> task.state().equals("FAILED"))
                        .forEach(task -> traces.add(task.trace()));
            }
            return !traces.isEmpty();
        });
        return traces.getFirst();
    }

    private ConnectorStateInfo status(String connector) {
        try {
            return connect.connectorStatus(connector);
        } catch (RuntimeException notYet) {
            return null;
        }
    }

    /** Waits until a condition holds. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within %s: %s".formatted(PATIENCE, what));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Reads a topic from its beginning until the records meet a condition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = connect.kafka()
                .createConsumer(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest"))) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.test(records)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Only %d records of %s within %s, the last: %s".formatted(records.size(),
                            topic, PATIENCE, records.isEmpty() ? "none" : text(records.getLast().value())));
                }
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Returns the values of records by key. */
    static Map<String, List<String>> values(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<String>> values = new TreeMap<>();
        records.forEach(record -> values.computeIfAbsent(text(record.key()), key -> new ArrayList<>())
                .add(text(record.value())));
        return values;
    }

    static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connect.stop();
    }
}
