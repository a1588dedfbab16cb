package dev.bayeux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** All that was measured, in memory and, line by line, in a file. */
final class Results {

    private final List<Result> all = new ArrayList<>();
    private final Path file;

    /**
     * Starts a new file, or reads the rounds of an earlier run from it.
     *
     * @param keep whether the rounds that the file has count with those to come
     */
    Results(Path file, boolean keep) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (keep && Files.exists(file)) {
            Files.readAllLines(file).stream().map(Result::parse).forEach(all::add);
        } else {
            Files.writeString(file, "");
        }
    }

    /** {@return when the first round ended, and the last; none if nothing was measured} */
    Optional<Period> period() {
        LongSummaryStatistics ends = all.stream().mapToLong(result -> result.endedAt().getEpochSecond())
                .summaryStatistics();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Period(Instant.ofEpochSecond(ends.getMin()), Instant.ofEpochSecond(ends.getMax())));
    }

    /** The time between two rounds. */
    record Period(Instant first, Instant last) {}

    void add(Result result) throws IOException {
        all.add(result);
        Files.writeString(file, result.json() + "\n", StandardOpenOption.APPEND);
        System.out.println(result.json());
    }

    /**
     * A figure over all rounds.
     *
     * @param median of the rounds
     * @param least of them
     * @param most of them
     */
    record Summary(double median, double least, double most) {}

    Optional<Summary> summary(String scenario, String variant, PeerName peer, String figure) {
        double[] values = all.stream()
                .filter(result -> result.scenario().equals(scenario) && result.variant().equals(variant)
                        && result.peer() == peer)
                .map(result -> result.figures().get(figure)).filter(Objects::nonNull)
                .flatMapToDouble(DoubleStream::of).sorted().toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return Optional.of(new Summary(median, values[0], values[values.length - 1]));
    }
}
