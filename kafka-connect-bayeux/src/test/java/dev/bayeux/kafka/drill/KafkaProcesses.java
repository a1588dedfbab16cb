package dev.bayeux.kafka.drill;

import dev.bayeux.tests.server.ClosedPort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs a broker and Kafka Connect workers as processes on the loopback interface. */
final class KafkaProcesses implements AutoCloseable {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final long STEP_NANOS = 200_000_000;
    private static final long LIMIT_SECONDS = 240;
    private static final int OK = 200;

    private final Path folder;
    private final Path plugins;
    private final boolean exactlyOnce;
    private final Map<String, Process> processes = new HashMap<>();
    /** The ports, reserved until the end. Linux lets Kafka listen on a port that another process has only reserved. */
    private final Map<String, ClosedPort> ports = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private final int broker = port("broker");
    private final int controller = port("controller");

    KafkaProcesses(Path folder, Path plugins, boolean exactlyOnce) {
        this.folder = folder;
        this.plugins = plugins;
        this.exactlyOnce = exactlyOnce;
    }

    private int port(String name) {
        return ports.computeIfAbsent(name, fresh -> ClosedPort.reserve()).number();
    }

    String bootstrap() {
        return "127.0.0.1:" + broker;
    }

    /** Returns a class path with Kafka's jars only. The plugin has the client and its libraries. */
    private static String classPath() {
        return java.util.Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString()
                        .matches(
                                "(bayeux|transport|jakarta\\.json|parsson|yasson|cometd|junit|kafka-connect-bayeux).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Process start(String name, String memory, String... command) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.add("-Xmx" + memory);
        all.addAll(JVM);
        all.add("-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"));
        all.add("-cp");
        all.add(classPath());
        all.addAll(List.of(command));
        File log = folder.resolve(name + ".log").toFile();
        Process process = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
        processes.put(name, process);
        return process;
    }

    void startBroker() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = INFO
                rootLogger.appenderRef.c.ref = C
                appender.c.type = Console
                appender.c.name = C
                appender.c.layout.type = PatternLayout
                appender.c.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} %m%n
                """);
        Path settings = Files.writeString(folder.resolve("broker.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                num.partitions=1
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=2097152
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(broker, controller, folder.resolve("data")));
        if (start("format", "128m", "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c",
                settings.toString()).waitFor() != 0) {
            throw new IllegalStateException("The broker's storage cannot be formatted; see " + folder);
        }
        Process process = start("broker", "384m", "kafka.Kafka", settings.toString());
        Path log = folder.resolve("broker.log");
        await("the broker", () -> {
            check("broker", process);
            return Files.readString(log).contains("Kafka Server started");
        });
    }

    private static void check(String name, Process process) {
        if (!process.isAlive()) {
            throw new IllegalStateException("%s has ended with %d; see its log.".formatted(name, process.exitValue()));
        }
    }

    /** Starts a worker, at its old port if it had one, and waits until its REST interface answers. */
    void startWorker(String name) throws Exception {
        int port = port(name);
        Path settings = Files.writeString(folder.resolve(name + ".properties"), """
                bootstrap.servers=127.0.0.1:%d
                group.id=drill
                listeners=http://127.0.0.1:%d
                rest.advertised.host.name=127.0.0.1
                plugin.path=%s
                plugin.discovery=service_load
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.storage.StringConverter
                config.storage.topic=connect-configs
                offset.storage.topic=connect-offsets
                status.storage.topic=connect-status
                config.storage.replication.factor=1
                offset.storage.replication.factor=1
                status.storage.replication.factor=1
                offset.storage.partitions=1
                status.storage.partitions=1
                offset.flush.interval.ms=1000
                exactly.once.source.support=%s
                scheduled.rebalance.max.delay.ms=1000
                session.timeout.ms=6000
                heartbeat.interval.ms=1000
                task.shutdown.graceful.timeout.ms=5000
                """.formatted(broker, port, plugins, exactlyOnce ? "enabled" : "disabled"));
        Process process = start(name, "320m", "org.apache.kafka.connect.cli.ConnectDistributed", settings.toString());
        await("worker " + name, () -> {
            check(name, process);
            return get(name, "connectors").isPresent();
        });
    }

    /** Kills a worker with SIGKILL. */
    void kill(String name) throws InterruptedException {
        Process process = processes.get(name);
        process.destroyForcibly();
        process.waitFor();
    }

    void configure(String worker, String connector, Map<String, String> config) throws Exception {
        String body = config.entrySet().stream().map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        await("the connector " + connector, () -> {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri(worker, "connectors/%s/config".formatted(connector)))
                            .header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 400) {
                throw new IllegalStateException(response.body());
            }
            return response.statusCode() < 300;
        });
    }

    /** Waits until a connector and all its tasks run on one worker. */
    void awaitAllOn(String worker, String connector, int tasks) throws Exception {
        Pattern running = Pattern
                .compile("\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:%d\"".formatted(port(worker)));
        await("%s on %s".formatted(connector, worker), () -> get(worker, "connectors/%s/status".formatted(connector))
                .map(status -> running.matcher(status).results().count()).orElse(0L) == tasks + 1);
    }

    /** Waits until a connector and all its tasks run, on any worker. */
    void awaitRunning(String worker, String connector, int tasks) throws Exception {
        Pattern running = Pattern.compile("\"state\":\"RUNNING\"");
        await("%s running".formatted(connector), () -> get(worker, "connectors/%s/status".formatted(connector))
                .map(status -> running.matcher(status).results().map(MatchResult::group).count())
                .orElse(0L) == tasks + 1);
    }

    private URI uri(String worker, String path) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(port(worker), path));
    }

    private java.util.Optional<String> get(String worker, String path) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri(worker, path)).timeout(java.time.Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == OK ? java.util.Optional.of(response.body()) : java.util.Optional.empty();
        } catch (IOException notYet) {
            return java.util.Optional.empty();
        }
    }

    /** A condition to wait for. */
    interface Condition {
        boolean isMet() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.isMet()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("Not within %d s: %s".formatted(LIMIT_SECONDS, what));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Ends the workers, then the broker. */
    @Override
    public void close() {
        List<String> names = new ArrayList<>(processes.keySet());
        names.sort(java.util.Comparator.comparing((String name) -> name.equals("broker")));
        for (String name : names) {
            Process process = processes.get(name);
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
            }
        }
        ports.values().forEach(ClosedPort::close);
        http.close();
    }
}
