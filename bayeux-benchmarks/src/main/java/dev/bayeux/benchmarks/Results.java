package dev.bayeux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** All that was measured, in memory and, line by line, in a file. */
final class Results {

    private final List<Result> all = new ArrayList<>();
    private final Path file;

    Results(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "");
    }

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
