package dev.bayeux.benchmarks;

import static dev.bayeux.benchmarks.Goal.NONE;
import static dev.bayeux.benchmarks.Goal.atMost;
import static dev.bayeux.benchmarks.Goal.ratioAtLeast;
import static dev.bayeux.benchmarks.Goal.ratioAtMost;

import java.util.ArrayList;
import java.util.List;

/** The lines of the table, and what each has to reach. */
final class Rows {

    private static final String CPU = "cpuUsPerMsg";
    private static final String CPU_UNIT = "CPU µs a message";
    private static final String CPU_WITHOUT_COMPILERS = "cpuWithoutCompilersUsPerMsg";
    private static final String CPU_WITHOUT_COMPILERS_UNIT = "CPU µs without compilers";
    private static final String SERVER_CPU = "serverCpuUsPerMsg";
    private static final String SERVER_CPU_UNIT = "CPU µs of the server";
    private static final String BYTES = "allocBytesPerMsg";
    private static final String BYTES_UNIT = "kB allocated a message";
    private static final String RATE = "msgPerS";

    private final List<Row> rows = new ArrayList<>();

    static List<Row> all() {
        Rows rows = new Rows();
        rows.fanIn();
        rows.typed();
        rows.publish();
        rows.roundTrip();
        rows.idle();
        rows.outage();
        rows.start();
        return List.copyOf(rows.rows);
    }

    private void fanIn() {
        costs("fanin", "1", false, 0.9, 0.7);
        costs("fanin", "10", false, 0.75, 0.5);
        costs("fanin", "100", false, 0.5, 0.35);
        costs("fanin", "1-ack", false, 0.9, 0.7);
        costs("fanin", "1-young", false, 1, 0.7);
        // The floor is as expensive as CometD's client here.
        costs("fanin", "1", true, 1, 0.4);
        costs("fanin", "10", true, 0.7, 0.4);
        costs("fanin", "100", true, 0.6, 0.4);
        costs("fanin", "1-ack", true, 1, 0.4);
        costs("fanin", "1-young", true, 1, 0.4);
    }

    private void costs(String scenario, String variant, boolean webSocket, double cpu, double bytes) {
        rows.add(new Row(scenario, variant, webSocket, CPU, CPU_UNIT, ratioAtMost(cpu)));
        rows.add(new Row(scenario, variant, webSocket, CPU_WITHOUT_COMPILERS, CPU_WITHOUT_COMPILERS_UNIT,
                ratioAtMost(cpu)));
        rows.add(new Row(scenario, variant, webSocket, BYTES, BYTES_UNIT, 0.001, ratioAtMost(bytes)));
        rows.add(new Row(scenario, variant, webSocket, SERVER_CPU, SERVER_CPU_UNIT, NONE));
    }

    private void typed() {
        for (String view : List.of("text", "field", "record")) {
            rows.add(new Row("typed", view, false, CPU, CPU_UNIT, NONE));
            rows.add(new Row("typed", view, false, BYTES, BYTES_UNIT, 0.001, NONE));
        }
    }

    private void publish() {
        for (boolean webSocket : new boolean[]{false, true}) {
            rows.add(new Row("publish", "64", webSocket, RATE, "messages a second",
                    ratioAtLeast(webSocket ? 1.8 : 2.5)));
            costs("publish", "64", webSocket, webSocket ? 0.45 : 0.35, 0.6);
        }
        for (boolean webSocket : new boolean[]{false, true}) {
            rows.add(new Row("order", "200", webSocket, "inversions", "inversions", atMost(0)));
            rows.add(new Row("order", "2000", webSocket, "refusals", "refused", atMost(0)));
        }
        costs("batch", "100", false, 0.75, 0.6);
        costs("batch", "100", true, 0.75, 0.6);
        for (String variant : List.of("1000", "1000-young")) {
            for (boolean webSocket : new boolean[]{false, true}) {
                rows.add(new Row("saturated", variant, webSocket, RATE, "messages a second", ratioAtLeast(1.5)));
                costs("saturated", variant, webSocket, 0.75, 0.6);
            }
        }
    }

    private void roundTrip() {
        for (String variant : List.of("1", "1-ack", "1-young")) {
            for (boolean webSocket : new boolean[]{false, true}) {
                rows.add(new Row("roundtrip", variant, webSocket, "p50us", "µs, median", ratioAtMost(1)));
                rows.add(new Row("roundtrip", variant, webSocket, "p99us", "µs, 99 of 100", ratioAtMost(1)));
                costs("roundtrip", variant, webSocket, 1, 1);
            }
        }
    }

    private void idle() {
        for (String clients : List.of("100", "1000", "5000")) {
            boolean most = clients.equals("5000");
            rows.add(new Row("idle", clients, false, "heapPerClient", "kB of heap a client", 0.001,
                    most ? ratioAtMost(0.35) : NONE));
            rows.add(new Row("idle", clients, false, "platformThreads", "platform threads", atMost(20)));
            rows.add(new Row("idle", clients, false, "connectsPerS", "clients connected a second",
                    ratioAtLeast(1.5)));
        }
    }

    private void outage() {
        for (String seconds : List.of("2", "10", "2" + ClientProcess.LOGGED)) {
            rows.add(new Row("outage", seconds, false, "recoveryS", "s until all receive", ratioAtMost(1)));
            rows.add(new Row("outage", seconds, false, "cpuMsPerClient", "CPU ms a client", ratioAtMost(0.6)));
            rows.add(new Row("outage", seconds, false, "cpuWithoutCompilersMsPerClient",
                    "CPU ms a client without compilers", ratioAtMost(1)));
            rows.add(new Row("outage", seconds, false, "requestsWhileDown", "requests while down", ratioAtMost(1)));
        }
    }

    private void start() {
        for (boolean webSocket : new boolean[]{false, true}) {
            rows.add(new Row("start", "process", webSocket, "startMs", "ms", ratioAtMost(0.65)));
            rows.add(new Row("start", "process", webSocket, "jars", "jars", NONE));
            rows.add(new Row("start", "process", webSocket, "closureBytes", "kB of jars", 0.001, ratioAtMost(1)));
        }
    }
}
