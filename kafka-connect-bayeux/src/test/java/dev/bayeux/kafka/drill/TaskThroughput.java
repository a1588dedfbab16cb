package dev.bayeux.kafka.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the cost of a source task beyond that of the plain client. Each run has a separate process for the receiver
 * and for the server:
 * {@code mvn -Pconnect-drill -Ddrill=dev.bayeux.kafka.drill.TaskThroughput}.
 */
public final class TaskThroughput {

    private static final int EVENTS = 90_000;
    private static final int ROUNDS = 5;

    private TaskThroughput() {
    }

    private record Row(String name, String what, int receivers) {}

    /**
     * Prints a table.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        List<Row> rows = List.of(new Row("plain client", "plain", 1), new Row("one task, text", "text", 1),
                new Row("one task, map", "map", 1), new Row("two plain clients", "plain", 2),
                new Row("two tasks, text", "text", 2));
        List<List<double[]>> results = new ArrayList<>();
        rows.forEach(row -> results.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int n = 0; n < rows.size(); n++) {
                double[] result = run(rows.get(n));
                System.out.printf("%s: %s%n", rows.get(n).name(), Arrays.toString(result));
                results.get(n).add(result);
            }
        }
        System.out.println("| | messages a second | CPU µs a message | bytes a message |");
        System.out.println("| --- | --- | --- | --- |");
        for (int n = 0; n < rows.size(); n++) {
            System.out.printf("| %s | %.0f | %.2f | %.0f |%n", rows.get(n).name(), median(results.get(n), 0),
                    median(results.get(n), 1), median(results.get(n), 2));
        }
        System.exit(0);
    }

    private static double median(List<double[]> results, int column) {
        return results.stream().mapToDouble(result -> result[column]).sorted().toArray()[results.size() / 2];
    }

    private static double[] run(Row row) throws IOException {
        Process server = java("dev.bayeux.kafka.drill.FloodServer", String.valueOf(EVENTS));
        try (BufferedReader port = reader(server)) {
            Process receiver = java("dev.bayeux.kafka.task.TaskRun", row.what(),
                    "http://127.0.0.1:%s/".formatted(port.readLine()), String.valueOf(EVENTS),
                    String.valueOf(row.receivers()));
            try (BufferedReader result = reader(receiver)) {
                String line = result.readLine();
                if (line == null) {
                    throw new IllegalStateException(row + " has ended without a result.");
                }
                return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
            }
        } finally {
            server.destroy();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Process java(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-Xmx256m", "-Dsun.net.httpserver.nodelay=true", "-cp", System.getProperty("java.class.path"),
                        program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
