package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Observation;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.CoreClientFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that lives for virtual hours in which subscriptions come and go, messages are published and received, calls are
 * made, connections break and sessions are lost. Prints after each hour what of the client is in memory:
 * {@code mvn -Pchurn -pl bayeux-core -am [-Dhours=24]}.
 */
public final class Churn {

    private static final Dialect DIALECT = new Dialect(30_000, 0, 60_000, false, true, true, false, false, false, 0,
            false);
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int PUBLISHES = 3;
    /** In cycles of the program: a lost connection, and a server that restarts. */
    private static final int BREAK_EVERY = 40;
    private static final int RESTART_EVERY = 120;
    private static final int COLLECTIONS = 3;

    private final World world = new World(1, new Trace(0));
    private final SimulatedServer server;
    private final Network network;
    private final BayeuxClient client;
    private final Duration whole;
    private long received;
    private long published;
    private long lost;
    private boolean ended;
    private @Nullable Throwable failure;

    private Churn(Duration whole, boolean socket) {
        this.whole = whole;
        Faults faults = new Faults(world);
        faults.end();
        server = new SimulatedServer(world, faults, DIALECT);
        network = new Network(world, faults, server, List.of());
        client = new CoreClientFactory(new SimulatedRuntime(world)).create(BayeuxClient
                .builder(URI.create("http://place.example/bayeux")).name("churn")
                .transports(socket ? network.socket() : network.polling())
                .observation(Observation.DEFAULT.withoutLogging()).config());
    }

    /**
     * Runs it over long-polling, then over a WebSocket.
     *
     * @param arguments the hours
     */
    public static void main(String[] arguments) {
        Duration whole = Duration.ofHours(Long.parseLong(arguments[0]));
        for (boolean socket : new boolean[]{false, true}) {
            System.out.println(socket ? "WebSocket" : "long-polling");
            new Churn(whole, socket).run();
        }
    }

    private void run() {
        world.start("program", Churn.class, () -> {
            try {
                live();
            } catch (InterruptedException | RuntimeException failed) {
                failure = failed;
            }
        });
        for (long hour = 1; Duration.ofHours(hour).compareTo(whole) <= 0; hour++) {
            long untilNs = Duration.ofHours(hour).toNanos();
            world.runUntil(() -> world.elapsedNs() >= untilNs || !world.isAnyAlive(Churn.class));
            report(hour);
        }
        ended = true;
        world.runUntil(() -> !world.isAnyAlive(Churn.class));
        if (failure != null || world.failure() != null) {
            throw new IllegalStateException(world.failure(), failure);
        }
    }

    private void live() throws InterruptedException {
        client.connect();
        client.subscribe("/news/**", message -> received++);
        for (int cycle = 1; !ended; cycle++) {
            churn();
            if (cycle % BREAK_EVERY == 0) {
                network.breakAll(TimeUnit.SECONDS.toNanos(2));
            }
            if (cycle % RESTART_EVERY == 0) {
                server.restart(false);
            }
            world.sleep(PAUSE_NS);
        }
        client.close();
    }

    private void churn() throws InterruptedException {
        try {
            Subscription chat = client.subscribe("/chat", message -> received++);
            Subscription passing = client.subscribe("/news/" + published, message -> received++);
            for (int n = 0; n < PUBLISHES; n++) {
                published++;
                client.publish("/chat", Map.of("n", published));
            }
            client.call(SimulatedServer.SERVICE, Map.of("n", published));
            passing.close();
            chat.close();
        } catch (BayeuxException failed) {
            lost++;
        }
    }

    private void report(long hour) {
        world.forgetEnded();
        server.forgetHistory();
        long heap = Long.MAX_VALUE;
        for (int n = 0; n < COLLECTIONS; n++) {
            System.gc();
            heap = Math.min(heap, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        long[] own = own();
        System.out.printf(
                "after %2d virtual hours: %,d published, %,d received, %d cycles cut short; %,d objects of the client with %,d bytes; heap in all %.1f MB%n",
                hour, published, received, lost, own[0], own[1], heap / 1e6);
    }

    /** The number and bytes of the objects of the client's own classes, without those of the simulation. */
    private static long[] own() {
        long[] sum = new long[2];
        for (String line : histogram().split("\n")) {
            String[] columns = line.trim().split("\\s+");
            if (columns.length > 3 && columns[3].startsWith("dev.bayeux.") && !columns[3].contains(".simulation.")) {
                sum[0] += Long.parseLong(columns[1]);
                sum[1] += Long.parseLong(columns[2]);
            }
        }
        return sum;
    }

    /** By reflection, since the module of the engine does not read that of the management. */
    private static String histogram() {
        try {
            Object server = Class.forName("java.lang.management.ManagementFactory").getMethod("getPlatformMBeanServer")
                    .invoke(null);
            Class<?> name = Class.forName("javax.management.ObjectName");
            return (String) Class.forName("javax.management.MBeanServer")
                    .getMethod("invoke", name, String.class, Object[].class, String[].class).invoke(server,
                            name.getConstructor(String.class).newInstance("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram", new Object[]{new String[0]}, new String[]{String[].class.getName()});
        } catch (ReflectiveOperationException unavailable) {
            throw new IllegalStateException("This JVM counts no objects.", unavailable);
        }
    }
}
