package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.PeerName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The process under test: does what its input says, line by line, and prints the figures; ends with its input. */
public final class ClientMain {

    /** How a line with figures begins. */
    public static final String RESULT = "RESULT ";

    /** What to say so that it runs without telling, for so many seconds of processor time at the most. */
    public static final String WARM_UP = "warm up ";

    /** Who waits more than it computes need not wait for ever. */
    private static final double MOST_TIMES = 6;

    /** What a program does of which less than this share is spent on compiling show what the program costs, not the compiler. */
    private static final double COMPILING = 0.05;
    private static final int SETTLED = 2;

    /** So much processor time is looked at together. A compilation counts when it is over, and may take longer than a run. */
    private static final double LOOK_MILLIS = 1_000;

    private ClientMain() {
    }

    /**
     * The process.
     *
     * @param args the load, the peer, the server, the variant, the size of a run
     */
    public static void main(String[] args) {
        Load.Subject subject = new Load.Subject(PeerName.of(args[1]), URI.create(args[2]), args[3],
                Integer.parseInt(args[4]));
        try {
            serve(args[0], subject);
            System.exit(0);
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(1); // the client's threads would keep the process
        }
    }

    private static void serve(String name, Load.Subject subject) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Load load = open(name, subject)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(RESULT + text(line.startsWith(WARM_UP)
                        ? warmUp(load, Double.parseDouble(line.substring(WARM_UP.length())))
                        : load.run(line)));
            }
        }
    }

    /**
     * Runs until the JVM compiles next to nothing, or the process has used so much processor time; on a busy machine, wall
     * time would be too short.
     */
    private static Map<String, Double> warmUp(Load load, double cpuSeconds) throws Exception {
        Meter meter = new Meter();
        int settled = 0;
        while (settled < SETTLED && meter.cpuMillis() < cpuSeconds * 1_000
                && meter.seconds() < cpuSeconds * MOST_TIMES) {
            Meter look = new Meter();
            do {
                load.warmUp();
            } while (look.cpuMillis() < LOOK_MILLIS);
            settled = look.compilingMillis() < COMPILING * look.cpuMillis() ? settled + 1 : 0;
        }
        return Map.of();
    }

    private static Load open(String name, Load.Subject subject) throws Exception {
        return switch (name) {
            case "fanin", "typed" -> new FanInLoad(subject);
            case "publish" -> new PublishLoad(subject);
            case "order" -> new OrderLoad(subject);
            case "saturated" -> new SaturatedLoad(subject);
            case "batch" -> new BatchLoad(subject);
            case "roundtrip" -> new RoundTripLoad(subject);
            case "curves" -> new CurveLoad(subject);
            case "idle" -> new IdleLoad(subject);
            case "outage" -> new OutageLoad(subject);
            default -> throw new IOException("No such load: " + name);
        };
    }

    private static String text(Map<String, Double> figures) {
        return figures.entrySet().stream().map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" "));
    }
}
