package dev.bayeux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Measures our client over each transport, and CometD's, in turn, against one server: {@code mvn -Pbench}. Prints a table,
 * and writes each round to {@code target/bench.json} as soon as it is over. The scenarios {@value #CODEC} and
 * {@value #SLOW_CONSUMER} measure our client alone and run only when they are named; {@value #TABLE} measures nothing and makes
 * the table of the rounds in that file.
 */
public final class Bench {

    private static final String CODEC = "codec";
    private static final String SLOW_CONSUMER = "slow-consumer";
    private static final String TABLE = "table";

    private Bench() {
    }

    /**
     * Runs it.
     *
     * @param args none; see {@link Options}
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.read();
        if (options.scenarios().equals(List.of(CODEC))) {
            org.openjdk.jmh.Main.main(new String[]{System.getProperty("bench.codec", ""), "-prof", "gc"});
            return;
        }
        if (options.scenarios().equals(List.of(SLOW_CONSUMER))) {
            SlowConsumer.run(Integer.getInteger("bench.seconds", 60));
            return;
        }
        List<Scenario> scenarios = Scenarios.all().stream().filter(one -> options.wantsScenario(one.name())).toList();
        if (scenarios.isEmpty() && !options.scenarios().equals(List.of(TABLE))) {
            throw new IllegalArgumentException("No such scenario. There are %s, and alone %s, %s and %s."
                    .formatted(Scenarios.all().stream().map(Scenario::name).toList(), CODEC, SLOW_CONSUMER, TABLE));
        }
        Results results = new Results(options.directory().resolveSibling("bench.json"),
                options.add() || scenarios.isEmpty());
        for (Scenario scenario : scenarios) {
            scenario.run(options, results);
        }
        List<String> page = new Table(results).lines();
        String machine = Machine.describe(results, options);
        System.out.println();
        System.out.println(machine);
        page.forEach(System.out::println);
        // Curves have pictures, and no line in the table.
        if (options.write() && (scenarios.isEmpty() || scenarios.stream().anyMatch(one -> !(one instanceof Curves)))) {
            write(options, machine, page);
        }
    }

    private static void write(Options options, String machine, List<String> page) throws IOException {
        Document document = new Document(Files.readString(options.document()));
        Files.writeString(options.document(), document.with(machine, page));
    }
}
