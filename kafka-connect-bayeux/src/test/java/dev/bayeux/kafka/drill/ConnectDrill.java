package dev.bayeux.kafka.drill;

import dev.bayeux.tests.interop.CometdReplay;
import dev.bayeux.tests.interop.CometdTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ext.AcknowledgedMessagesExtension;

/**
 * Repeatedly kills workers with SIGKILL, restarts the server, expires sessions, stops the server for a while and drops
 * responses, while messages flow. Then counts lost and duplicate messages. {@code mvn -Pconnect-drill} runs it.
 */
public final class ConnectDrill {

    private static final int CHANNELS = 4;
    private static final int TASKS = 4;
    private static final int PER_SECOND = 40;
    private static final Duration AWAY = Duration.ofSeconds(8);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration STANDSTILL = Duration.ofSeconds(90);
    /** A class of each part of the plugin. */
    private static final List<String> PARTS = List.of("dev.bayeux.kafka.BayeuxSourceConnector",
            "dev.bayeux.api.BayeuxClient", "dev.bayeux.core.CoreClientFactory",
            "dev.bayeux.transport.jdk.JdkLongPollingProvider", "jakarta.json.Json", "jakarta.json.bind.Jsonb",
            "org.eclipse.parsson.JsonProviderImpl");
    private static final Pattern NUMBER = Pattern.compile("\"payload\":(\\d+)");

    private final Path folder;
    private final Path plugins;
    private final int kills;
    private final boolean exactlyOnce;
    private final boolean acknowledging;
    private final List<String> sourceChannels = new ArrayList<>();
    private final List<String> sinkChannels = new ArrayList<>();
    private final Tally source = new Tally();
    private final Tally sink = new Tally();
    private final CometdReplay replay = new CometdReplay();
    private final CometdTestServer server;
    private final AtomicBoolean publishing = new AtomicBoolean(true);
    private final AtomicBoolean reading = new AtomicBoolean(true);
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicLong slowestMove = new AtomicLong();
    private int losses;
    private int restarts;
    private int expiries;
    private int outages;

    private ConnectDrill(Path folder, Path plugins, int kills, boolean exactlyOnce, boolean acknowledging) {
        this.folder = folder;
        this.plugins = plugins;
        this.kills = kills;
        this.exactlyOnce = exactlyOnce;
        this.acknowledging = acknowledging;
        for (int n = 0; n < CHANNELS; n++) {
            sourceChannels.add("/source/" + n);
            sinkChannels.add("/sink/" + n);
        }
        CometdTestServer made = new CometdTestServer().replay(replay).maxInterval(Duration.ofSeconds(10))
                .timeout(Duration.ofSeconds(20)).extension(() -> new Arrivals(sink));
        server = acknowledging ? made.extension(AcknowledgedMessagesExtension::new) : made;
    }

    /** Counts the messages of the sink that the server accepts. */
    private record Arrivals(Tally tally) implements BayeuxServer.Extension {

        @Override
        public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
            if (message.getChannel().startsWith("/sink/") && message.getData() instanceof Number number) {
                tally.add(message.getChannel(), number.intValue());
            }
            return true;
        }
    }

    /**
     * Runs the drill.
     *
     * @param args a folder to work in, the number of kills, and modes: {@code exact} or {@code least}, followed by
     *            {@code -noack} for a server that acknowledges nothing
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        delete(folder);
        Path plugins = plugin(folder.resolve("plugins"));
        List<String> table = new ArrayList<>(List.of(
                "| delivery | server acknowledges | SIGKILLs | restarts, expiries, 8 s away, answers lost | published | lost | doubled | late | longest move of tasks |",
                "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"));
        boolean good = true;
        for (String mode : args[2].split(",")) {
            ConnectDrill drill = new ConnectDrill(folder.resolve(mode), plugins, Integer.parseInt(args[1]),
                    mode.startsWith("exact"), !mode.endsWith("-noack"));
            good &= drill.run(table::add);
        }
        table.forEach(System.out::println);
        Files.write(folder.resolve("table.md"), table);
        System.exit(good ? 0 : 1);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Assembles the plugin as its zip has it. */
    private static Path plugin(Path plugins) throws Exception {
        Path lib = Files.createDirectories(plugins.resolve("bayeux/lib"));
        Set<Path> entries = new LinkedHashSet<>();
        for (String name : PARTS) {
            entries.add(Path.of(Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        int number = 0;
        for (Path from : entries) {
            number++;
            if (Files.isDirectory(from)) {
                Process jar = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
                        "--create", "--file", lib.resolve("classes-%d.jar".formatted(number)).toString(), "-C",
                        from.toString(), ".").inheritIO().start();
                if (jar.waitFor() != 0) {
                    throw new IllegalStateException("Cannot make a jar of " + from);
                }
            } else {
                Files.copy(from, lib.resolve(from.getFileName()));
            }
        }
        return plugins;
    }

    private static void say(String format, Object... args) {
        System.out.printf("%tT %s%n", System.currentTimeMillis(), format.formatted(args));
    }

    private boolean run(Consumer<String> table) throws Exception {
        say("%s, a server that %s", exactlyOnce ? "exactly once" : "at least once",
                acknowledging ? "acknowledges" : "acknowledges nothing");
        server.start();
        try (LossyProxy proxy = new LossyProxy(server.uri());
                KafkaProcesses kafka = new KafkaProcesses(folder, plugins, exactlyOnce)) {
            kafka.startBroker();
            createTopics(kafka);
            kafka.startWorker("w1");
            kafka.startWorker("w2");
            kafka.configure("w1", "source", connector("BayeuxSourceConnector", proxy,
                    Map.of("bayeux.channels", String.join(",", sourceChannels), "topic", "arrived", "bayeux.replay",
                            "required", "bayeux.start", "earliest")));
            kafka.configure("w1", "sink", connector("BayeuxSinkConnector", proxy,
                    Map.of("topics", "leaving", "bayeux.channel.header", "channel")));
            kafka.awaitRunning("w1", "source", TASKS);
            kafka.awaitRunning("w1", "sink", TASKS);
            Thread reader = Thread.ofPlatform().start(() -> read(kafka.bootstrap()));
            Thread publisher = Thread.ofPlatform().start(() -> publish(kafka.bootstrap()));
            for (int round = 0; round < kills; round++) {
                disturb(round, kafka, proxy);
            }
            publishing.set(false);
            publisher.join();
            settle();
            reading.set(false);
            reader.join();
            losses = proxy.lost();
        } finally {
            server.close();
        }
        return report(table);
    }

    private Map<String, String> connector(String name, LossyProxy proxy, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("connector.class", "dev.bayeux.kafka." + name);
        config.put("tasks.max", String.valueOf(TASKS));
        config.put("bayeux.url", proxy.uri().toString());
        config.put("bayeux.server.id", "drill");
        config.put("bayeux.retry.backoff.ms", "200");
        config.put("bayeux.retry.backoff.max.ms", "2000");
        return config;
    }

    private static void createTopics(KafkaProcesses kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("arrived", 1, (short) 1),
                    new NewTopic("leaving", CHANNELS, (short) 1))).all().get(60, TimeUnit.SECONDS);
        }
    }

    private void disturb(int round, KafkaProcesses kafka, LossyProxy proxy) throws Exception {
        String victim = round % 2 == 0 ? "w1" : "w2";
        String other = round % 2 == 0 ? "w2" : "w1";
        long killed = System.nanoTime();
        kafka.kill(victim);
        kafka.awaitAllOn(other, "source", TASKS);
        kafka.awaitAllOn(other, "sink", TASKS);
        long moved = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
        slowestMove.accumulateAndGet(moved, Math::max);
        switch (round % 4) {
            case 0 -> {
                server.restart();
                restarts++;
            }
            case 1 -> {
                server.expireAllSessions();
                expiries++;
            }
            case 2 -> {
                server.stop();
                LockSupport.parkNanos(AWAY.toNanos());
                server.start();
                outages++;
            }
            default -> {
                // Each round drops responses.
            }
        }
        LockSupport.parkNanos(CALM.toNanos());
        proxy.lose(3, 2);
        kafka.startWorker(victim);
        kafka.awaitRunning(other, "source", TASKS);
        kafka.awaitRunning(other, "sink", TASKS);
        LockSupport.parkNanos(CALM.toNanos());
        int count = published.get();
        say("%d. %s killed, all on %s after %d ms; published %d, missing %d and %d, doubled %d and %d, answers lost %d",
                round + 1, victim, other, moved, count * CHANNELS, source.missing(sourceChannels, count),
                sink.missing(sinkChannels, count), source.doubled(), sink.doubled(), proxy.lost());
    }

    /** Publishes to the server for the source, and to Kafka for the sink. */
    private void publish(String bootstrap) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("enable.idempotence", "true");
        long step = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new StringSerializer())) {
            long next = System.nanoTime();
            while (publishing.get()) {
                int number = published.get();
                for (int n = 0; n < CHANNELS; n++) {
                    replay.publish(sourceChannels.get(n), number);
                    ProducerRecord<String, String> record = new ProducerRecord<>("leaving", n, "k",
                            String.valueOf(number));
                    record.headers().add("channel", sinkChannels.get(n).getBytes(StandardCharsets.UTF_8));
                    producer.send(record);
                }
                published.incrementAndGet();
                next += step;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Reads the records that the source has written. */
    private void read(String bootstrap) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("arrived", 0)));
            while (reading.get()) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Matcher number = NUMBER.matcher(record.value());
                    if (number.find()) {
                        source.add(record.key(), Integer.parseInt(number.group(1)));
                    }
                });
            }
        }
    }

    /** Waits until all messages have arrived, or no message has arrived for {@link #STANDSTILL}. */
    private void settle() {
        int count = published.get();
        long arrived = 0;
        long since = System.nanoTime();
        while (source.missing(sourceChannels, count) + sink.missing(sinkChannels, count) > 0
                && System.nanoTime() - since < STANDSTILL.toNanos()) {
            long now = source.arrived() + sink.arrived();
            if (now > arrived) {
                arrived = now;
                since = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        // Duplicates may arrive after the last missing message.
        LockSupport.parkNanos(CALM.toNanos());
    }

    private boolean report(Consumer<String> table) {
        int count = published.get();
        long lostBySource = source.missing(sourceChannels, count);
        long lostBySink = sink.missing(sinkChannels, count);
        String row = "| %s | %s | %d | %d, %d, %d, %d | %d | %d | %d | %d | %.1f s |";
        String acknowledges = acknowledging ? "yes" : "no";
        double slowest = slowestMove.get() / 1000.0;
        table.accept(row.formatted(exactlyOnce ? "source, exactly once" : "source, at least once", acknowledges, kills,
                restarts, expiries, outages, losses, count * CHANNELS, lostBySource, source.doubled(), source.late(),
                slowest));
        table.accept(row.formatted("sink", acknowledges, kills, restarts, expiries, outages, losses, count * CHANNELS,
                lostBySink, sink.doubled(), sink.late(), slowest));
        sourceChannels.forEach(channel -> {
            String missing = source.missingOf(channel, count);
            if (!missing.isEmpty()) {
                say("missing of %s:%s", channel, missing);
            }
        });
        return lostBySource == 0 && lostBySink == 0 && (!exactlyOnce || source.doubled() == 0);
    }
}
