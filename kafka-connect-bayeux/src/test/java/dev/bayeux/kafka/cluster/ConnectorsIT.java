package dev.bayeux.kafka.cluster;

import static dev.bayeux.kafka.cluster.Cluster.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.tests.interop.CometdReplay;
import dev.bayeux.tests.interop.CometdTestServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connectors run in two workers, with the plugin from its zip, a broker, and a CometD server with replay. */
@Timeout(600)
@Tag("transport:jdk")
@Tag("server:CometD-9")
class ConnectorsIT {

    private static final List<String> CHANNELS = List.of("/a", "/b", "/c", "/d");

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    private final CometdReplay replay = new CometdReplay();
    private final CometdTestServer server = new CometdTestServer().replay(replay)
            .extension(AcknowledgedMessagesExtension::new).maxInterval(Duration.ofSeconds(10));
    private final AtomicInteger published = new AtomicInteger();

    @BeforeAll
    static void startTheCluster() {
        Path zip = Path.of(System.getProperty("plugin.zip"));
        cluster = new Cluster(Cluster.unpack(zip, folder.resolve("plugins")));
    }

    @AfterAll
    static void stopTheCluster() {
        cluster.close();
    }

    @AfterEach
    void deleteTheConnectors() throws Exception {
        for (String connector : cluster.connect.connectors()) {
            cluster.delete(connector);
        }
        server.close();
    }

    private Map<String, String> source(String topic, String... more) {
        Map<String, String> config = new HashMap<>(Map.of("connector.class", "dev.bayeux.kafka.BayeuxSourceConnector",
                "tasks.max", "4", "bayeux.url", server.uri().toString(), "bayeux.server.id", topic, "bayeux.channels",
                String.join(",", CHANNELS), "topic", topic, "bayeux.replay", "required", "bayeux.start", "earliest",
                "bayeux.retry.backoff.ms", "100", "bayeux.retry.backoff.max.ms", "500"));
        put(config, more);
        cluster.connect.kafka().createTopic(topic, 1);
        return config;
    }

    private static void put(Map<String, String> config, String... more) {
        for (int n = 0; n < more.length; n += 2) {
            config.put(more[n], more[n + 1]);
        }
    }

    /** Publishes the next numbers, each on all channels. */
    private void publish(int count) {
        for (int n = 0; n < count; n++) {
            int number = published.getAndIncrement();
            CHANNELS.forEach(channel -> replay.publish(channel, number));
        }
    }

    /** Returns the published numbers in the values of records. */
    private static List<String> numbers(List<String> values) {
        return values.stream().map(value -> value.replaceAll(".*\"payload\":(\\d+).*", "$1")).toList();
    }

    /** Checks that each published number is in the topic once, in order. */
    private void assertAllOnce(String topic) {
        int count = published.get();
        Map<String, List<String>> values = Cluster
                .values(cluster.read(topic, records -> records.size() >= count * CHANNELS.size()));
        List<String> wanted = IntStream.range(0, count).mapToObj(String::valueOf).toList();
        for (String channel : CHANNELS) {
            assertEquals(wanted, numbers(values.get(channel)), channel);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Cluster.text(record.headers().lastHeader(name).value());
    }

    /** Returns the sum of a metric over the tasks of a connector. */
    private static long metric(String connector, String name) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long sum = 0;
        for (ObjectName bean : beans
                .queryNames(new ObjectName("kafka.connect:type=plugins,connector=\"%s\",*".formatted(connector)),
                        null)) {
            sum += ((Number) beans.getAttribute(bean, name)).longValue();
        }
        for (ObjectName bean : beans
                .queryNames(new ObjectName("kafka.connect:type=plugins,connector=%s,*".formatted(connector)), null)) {
            sum += ((Number) beans.getAttribute(bean, name)).longValue();
        }
        return sum;
    }

    @Test
    void theZipHasWhatIsNeededAndNothingOfKafka() throws Exception {
        Path plugin;
        try (Stream<Path> folders = Files.list(folder.resolve("plugins"))) {
            plugin = folders.findFirst().orElseThrow();
        }
        assertTrue(Files.readString(plugin.resolve("manifest.json")).contains("\"kafka-connect-bayeux\""));
        assertTrue(Files.exists(plugin.resolve("LICENSE")));
        assertTrue(Files.exists(plugin.resolve("doc/kafka-connect.md")));
        List<String> jars;
        try (Stream<Path> files = Files.list(plugin.resolve("lib"))) {
            jars = files.map(file -> file.getFileName().toString().replaceAll("-[0-9].*", "")).sorted().toList();
        }
        assertTrue(jars.containsAll(List.of("bayeux-api", "bayeux-core", "kafka-connect-bayeux", "parsson",
                "transport-jdk")), jars::toString);
        assertTrue(jars.stream().noneMatch(jar -> jar.startsWith("connect") || jar.startsWith("kafka-clients")
                || jar.startsWith("slf4j") || jar.startsWith("junit")), jars::toString);
    }

    @Test
    void eachMessageBecomesOneRecordThroughARebalanceARestartAndAnExpiredSession() throws Exception {
        server.start();
        publish(10);
        Map<String, String> config = source("exact");
        cluster.configure("exact", config);
        cluster.awaitRunning("exact", 4);
        publish(20);
        assertAllOnce("exact");
        config.put("tasks.max", "2");
        cluster.configure("exact", config);
        publish(20);
        cluster.awaitRunning("exact", 2);
        publish(20);
        assertAllOnce("exact");
        server.restart();
        publish(20);
        assertAllOnce("exact");
        server.expireAllSessions();
        publish(20);
        assertAllOnce("exact");
        assertEquals(0, metric("exact", "gaps"));
        assertEquals(2, metric("exact", "connected"));
        List<ConsumerRecord<byte[], byte[]>> records = cluster.read("exact", all -> !all.isEmpty());
        assertEquals(Cluster.text(records.getFirst().key()), header(records.getFirst(), "bayeux.channel"));
        assertTrue(Cluster.text(records.getFirst().value())
                .contains("\"replayId\":" + header(records.getFirst(), "bayeux.replay.id")));
    }

    @Test
    void anExpiredPositionGoesOnWithWhatTheServerKeepsAndIsCounted() throws Exception {
        server.start();
        publish(5);
        cluster.configure("expired", source("expired", "tasks.max", "1"));
        cluster.awaitRunning("expired", 1);
        assertAllOnce("expired");
        cluster.stop("expired");
        publish(5);
        replay.forgetAllBut("/a", 2);
        cluster.resume("expired");
        cluster.awaitRunning("expired", 1);
        publish(1);
        Map<String, List<String>> values = Cluster.values(
                cluster.read("expired", records -> records.size() >= published.get() * CHANNELS.size() - 3));
        assertEquals(List.of("0", "1", "2", "3", "4", "8", "9", "10"), numbers(values.get("/a")));
        assertEquals(IntStream.range(0, 11).mapToObj(String::valueOf).toList(), numbers(values.get("/b")));
        assertEquals(1, metric("expired", "gaps"));
    }

    @Test
    void anAlteredOffsetIsWhereTheChannelGoesOn() throws Exception {
        server.start();
        List<Long> ids = IntStream.range(0, 4).mapToObj(n -> replay.publish("/a", n)).toList();
        cluster.configure("altered",
                source("altered", "tasks.max", "1", "bayeux.channels", "/a"));
        cluster.read("altered", records -> records.size() >= 4);
        cluster.stop("altered");
        cluster.connect.alterSourceConnectorOffset("altered", Map.of("channel", "/a", "server", "altered"),
                Map.of("replayId", ids.get(1)));
        cluster.resume("altered");
        assertEquals(List.of("0", "1", "2", "3", "2", "3"),
                numbers(Cluster.values(cluster.read("altered", records -> records.size() >= 6)).get("/a")));
    }

    @Test
    void credentialsAreRenewedAndStaleOnesFailTheTask() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        server.requireAuthorization("first").start();
        publish(1);
        cluster.configure("renewed", source("renewed", "tasks.max", "1", "bayeux.auth", "bearer-file",
                "bayeux.auth.token.file", token.toString()));
        cluster.awaitRunning("renewed", 1);
        assertAllOnce("renewed");
        Files.writeString(token, "second");
        server.requireAuthorization("second");
        server.expireAllSessions();
        publish(1);
        assertAllOnce("renewed");
        cluster.awaitRunning("renewed", 1);
        cluster.delete("renewed");
        server.requireAuthorization("third");
        cluster.configure("stale", source("stale", "tasks.max", "1", "bayeux.auth", "bearer-file",
                "bayeux.auth.token.file", token.toString(), "bayeux.validate.connection", "false"));
        String trace = cluster.awaitFailure("stale");
        assertTrue(trace.contains("401"), trace);
        assertFalse(trace.contains("second"), trace);
    }

    @Test
    void recordsGoThroughTransformationsAndWhatTheyRefuseIsTolerated() throws Exception {
        server.start();
        cluster.connect.kafka().createTopic("in.a", 1);
        cluster.configure("tolerant", source("tolerant", "bayeux.channels", "/a", "tasks.max", "1",
                "topic", "bayeux.${channel}", "value.format", "map", "value.converter",
                "org.apache.kafka.connect.json.JsonConverter", "value.converter.schemas.enable", "false",
                "errors.tolerance", "all", "transforms", "payload,name,line,route", "transforms.payload.type",
                "org.apache.kafka.connect.transforms.ExtractField$Value", "transforms.payload.field", "payload",
                "transforms.name.type", "org.apache.kafka.connect.transforms.ExtractField$Value",
                "transforms.name.field", "name", "transforms.line.type",
                "org.apache.kafka.connect.transforms.HoistField$Value", "transforms.line.field", "line",
                "transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter", "transforms.route.regex",
                "bayeux\\.(.*)", "transforms.route.replacement", "in.$1"));
        replay.publish("/a", Map.of("name", "ann"));
        replay.publish("/a", "no name can be taken from a text");
        replay.publish("/a", Map.of("name", "bob"));
        assertEquals(List.of("{\"line\":\"ann\"}", "{\"line\":\"bob\"}"),
                Cluster.values(cluster.read("in.a", records -> records.size() >= 2)).get("/a"));
        cluster.awaitRunning("tolerant", 1);
    }

    @Test
    void recordsArePublishedInOrderAndRefusedOnesBecomeDeadLetters() throws Exception {
        server.denySubscribe("/none").start();
        cluster.connect.kafka().createTopic("orders", 1);
        cluster.connect.kafka().createTopic("dead", 1);
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        try (BayeuxClient client = BayeuxClient.connect(server.uri())) {
            client.subscribe("/from/orders", message -> received.add(message.text()));
            for (int n = 0; n < 50; n++) {
                cluster.connect.kafka().produce("orders", "{\"n\":%d}".formatted(n));
            }
            cluster.connect.kafka().produce("orders", "no JSON");
            cluster.connect.kafka().produce("orders", "{\"n\":50}");
            cluster.configure("sink", Map.ofEntries(
                    Map.entry("connector.class", "dev.bayeux.kafka.BayeuxSinkConnector"), Map.entry("tasks.max", "1"),
                    Map.entry("topics", "orders"), Map.entry("bayeux.url", server.uri().toString()),
                    Map.entry("bayeux.channel", "/from/${topic}"), Map.entry("errors.tolerance", "all"),
                    Map.entry("errors.deadletterqueue.topic.name", "dead"),
                    Map.entry("errors.deadletterqueue.topic.replication.factor", "1"),
                    Map.entry("errors.deadletterqueue.context.headers.enable", "true"),
                    Map.entry("bayeux.retry.backoff.ms", "100"), Map.entry("bayeux.retry.backoff.max.ms", "500")));
            await("51 messages", () -> received.size() >= 51);
            assertEquals(IntStream.range(0, 51).mapToObj("{\"n\":%d}"::formatted).toList(), List.copyOf(received));
            List<ConsumerRecord<byte[], byte[]>> dead = cluster.read("dead", records -> !records.isEmpty());
            assertEquals("no JSON", Cluster.text(dead.getFirst().value()));
            assertTrue(header(dead.getFirst(), "__connect.errors.exception.message")
                    .startsWith("The text for /from/orders is not JSON"));
            CountDownLatch renewed = new CountDownLatch(1);
            client.listen(event -> {
                if (event instanceof ClientEvent.SessionRenewed) {
                    renewed.countDown();
                }
            });
            server.restart();
            assertTrue(renewed.await(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS), "the client has a new session");
            cluster.connect.kafka().produce("orders", "{\"n\":51}");
            await("a message after the restart", () -> received.contains("{\"n\":51}"));
            await("the offset is committed", () -> cluster.connect.connectorOffsets("sink").offsets().stream()
                    .anyMatch(offset -> String.valueOf(offset.offset()).contains("53")));
        }
    }
}
