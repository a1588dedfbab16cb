package dev.bayeux.core.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in many histories together. */
final class Tally {

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> counts = new TreeMap<>();

    void add(Result result) {
        counts.merge("histories", 1L, Long::sum);
        result.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
        result.counts().forEach((what, times) -> counts.merge(what, times, Long::sum));
    }

    /** A simulation in which nothing happens would find nothing. */
    void assertThatMuchHappened() {
        for (Fault fault : Fault.values()) {
            assertTrue(faults.getOrDefault(fault, 0L) > 0, () -> fault + " never happened");
        }
        for (String what : List.of("messages handed over", "publish ACCEPTED", "publish NOT_SENT", "publish REFUSED",
                "publish UNKNOWN", "sessions renewed", "handed over again", "refused for a token",
                "tokens not given", "put into the outbox", "accepted from the outbox", "published to subscribers",
                "flows that have ended", "passed an extension", "held back")) {
            assertTrue(counts.getOrDefault(what, 0L) > 0, () -> what + ": never");
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, times) -> text.append("%-24s %,15d%n".formatted(what, times)));
        faults.forEach((fault, times) -> text.append("%-24s %,15d%n".formatted(fault, times)));
        return text.toString();
    }

    /** Leaves the numbers where the build leaves its reports. */
    void write() {
        try {
            Files.writeString(Files.createDirectories(Path.of("target")).resolve("simulation.txt"), toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
