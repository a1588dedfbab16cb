package dev.bayeux.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the command line asks for, as system properties.
 *
 * @param directory where the results go, {@code bench.directory}
 * @param document the page that holds the table, {@code bench.document}
 * @param scenarios names, {@code bench.scenario}; empty: all
 * @param variants their variants, {@code bench.variants}; empty: all
 * @param peers names, {@code bench.peers}; empty: all
 * @param rounds how many, {@code bench.rounds}; empty: as many as the scenario has by itself
 * @param warmUp seconds of processor time for which clients warm up at most, {@code bench.warmup}; empty: 20
 * @param quick whether less is measured, to see whether it works at all, {@code bench.quick}
 * @param jfr whether client processes are recorded, {@code bench.jfr}
 * @param add whether rounds of earlier runs count, too, {@code bench.add}
 * @param write whether the table is written to the document, {@code bench.write}
 */
record Options(Path directory, Path document, List<String> scenarios, List<String> variants, List<String> peers,
        OptionalInt rounds, OptionalDouble warmUp, boolean quick, boolean jfr, boolean add, boolean write) {

    static Options read() {
        String rounds = text("rounds");
        String warmUp = text("warmup");
        return new Options(Path.of(System.getProperty("bench.directory", "target"), "bench"),
                Path.of(System.getProperty("bench.document", "docs/performance.md")), list("scenario"),
                list("variants"), list("peers"),
                rounds.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(rounds)),
                warmUp.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(warmUp)),
                flag("quick"), flag("jfr"), flag("add"), flag("write"));
    }

    private static String text(String name) {
        return System.getProperty("bench." + name, "").trim();
    }

    private static boolean flag(String name) {
        return text(name).equals("true");
    }

    private static List<String> list(String name) {
        return Arrays.stream(text(name).split(",")).map(String::trim).filter(one -> !one.isEmpty()).toList();
    }

    /** {@return what a reader of the table must know to repeat the run} */
    String describe() {
        return "clients that warmed up for at most %s s of processor time".formatted(
                quick ? "2" : warmUp.isPresent() ? text("warmup") : "20");
    }

    boolean wants(PeerName peer) {
        return peers.isEmpty() || peers.contains(peer.text());
    }

    boolean wantsScenario(String name) {
        return scenarios.isEmpty() || scenarios.contains(name);
    }

    boolean wantsVariant(String name) {
        return variants.isEmpty() || variants.contains(name);
    }

    int rounds(int usually) {
        return rounds.orElse(quick ? Math.min(usually, 2) : usually);
    }

    int size(int usually) {
        return quick ? Math.max(100, usually / 4) : usually;
    }
}
