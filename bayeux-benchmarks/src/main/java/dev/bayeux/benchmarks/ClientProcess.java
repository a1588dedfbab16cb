package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.client.ClientMain;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client under test in a separate process. */
final class ClientProcess implements AutoCloseable {

    /** Of processor time. */
    private static final double WARM_UP_SECONDS = 20;
    private static final double QUICK_WARM_UP_SECONDS = 2;

    /** How the name of a variant ends in which server and client acknowledge deliveries. */
    static final String ACKNOWLEDGED = "-ack";
    /** How the name of a variant ends that begins after a short warm-up. */
    static final String YOUNG = "-young";

    /** How the name of a variant ends in which both clients log to the console by {@code java.util.logging}. */
    static final String LOGGED = "-logged";

    /** Our client's events are off: CometD's has none, so a recording would slow ours alone. */
    private static final String OWN_EVENTS = Stream
            .of("Connect", "Handshake", "Poll", "Send", "Publish", "State", "Retry", "Drop", "Failure")
            .map("+dev.bayeux.%s#enabled=false"::formatted).collect(Collectors.joining(","));

    private final Child child;
    private final double warmUpSeconds;

    private ClientProcess(Child child, double warmUpSeconds) {
        this.child = child;
        this.warmUpSeconds = warmUpSeconds;
    }

    /** What is to be started. */
    record Job(String scenario, String load, PeerName peer, String variant, int size) {}

    static ClientProcess start(Options options, Job job, URI server) throws IOException {
        String name = "%s-%s-%s".formatted(job.scenario(), job.variant(), job.peer().text());
        // The same collector and heap for all. What the JVM would choose depends on the number of cores.
        List<String> flags = new ArrayList<>(
                List.of("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads", "-Xms1g", "-Xmx3g",
                        "-Dbench.acknowledge=" + job.variant().endsWith(ACKNOWLEDGED),
                        "-Dbench.logged=" + job.variant().endsWith(LOGGED),
                        "-Dslf4j.provider=" + (job.variant().endsWith(LOGGED)
                                ? "org.slf4j.jul.JULServiceProvider"
                                : ServerProcess.SILENT),
                        "-Dbench.many=" + job.load().matches("idle|outage")));
        if (options.jfr()) {
            flags.add("-Xlog:jfr*=off");
            flags.add("-XX:StartFlightRecording:settings=default,jdk.CPUTimeSample#enabled=true,"
                    + "jdk.CPUTimeSample#throttle=1ms," + OWN_EVENTS + ",filename="
                    + options.directory().resolve(name + ".jfr"));
        }
        double warmUpSeconds = options.quick() || job.variant().endsWith(YOUNG)
                ? QUICK_WARM_UP_SECONDS
                : options.warmUp().orElse(WARM_UP_SECONDS);
        return new ClientProcess(Child.onClientCore(name, options).java(flags, System.getProperty("java.class.path"),
                ClientMain.class, List.of(job.load(), job.peer().text(), server.toString(), job.variant(),
                        Integer.toString(job.size()))),
                warmUpSeconds);
    }

    /** Lets the JVM compile what will be measured. */
    void warmUp() throws IOException {
        run(ClientMain.WARM_UP + warmUpSeconds);
    }

    /** Has something done, and waits for the figures. */
    Map<String, Double> run(String command) throws IOException {
        child.writeLine(command);
        String line = child.readLine();
        if (!line.startsWith(ClientMain.RESULT)) {
            throw new IOException("Not a result: " + line);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String figure : line.substring(ClientMain.RESULT.length()).split(" ")) {
            int equals = figure.indexOf('=');
            if (equals > 0) {
                figures.put(figure.substring(0, equals), Double.valueOf(figure.substring(equals + 1)));
            }
        }
        return figures;
    }

    /** Without farewell: thousands of clients would take their time. */
    void kill() {
        child.terminate();
    }

    @Override
    public void close() {
        child.close();
    }
}
