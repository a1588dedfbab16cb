package dev.bayeux.core.simulation.mutants;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The seed that found each bug, as {@code seeds.tsv} has them. After a change of the engine some seeds find nothing any more:
 * then the test takes longer, and proves as much. {@code -Dmutants.write} writes the file again.
 */
final class FindingSeeds {

    private static final String FILE = "seeds.tsv";
    private static final Pattern SEED = Pattern.compile("seed (\\d+): .*", Pattern.DOTALL);

    private final Map<String, Long> seeds = new TreeMap<>();

    private FindingSeeds() {
    }

    static FindingSeeds read() {
        FindingSeeds read = new FindingSeeds();
        try (InputStream file = FindingSeeds.class.getResourceAsStream(FILE)) {
            if (file != null) {
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)).lines()
                        .map(line -> line.split("\t")).forEach(line -> read.seeds.put(line[1], Long.valueOf(line[0])));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return read;
    }

    /** {@return the seed that found this bug, 0 if none is known among so many} */
    long of(String bug, int most) {
        long seed = seeds.getOrDefault(bug, 0L);
        return seed < most ? seed : 0;
    }

    /** Keeps the seed that begins the text of a failure; returns the failure. */
    @Nullable
    String keep(String bug, @Nullable String failure) {
        Matcher found = SEED.matcher(failure == null ? "" : failure);
        if (found.matches()) {
            seeds.put(bug, Long.valueOf(found.group(1)));
        }
        return failure;
    }

    void writeIfWanted() {
        if (System.getProperty("mutants.write") == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        seeds.forEach((bug, seed) -> lines.append(seed).append('\t').append(bug).append('\n'));
        Path folder = Path.of("src/test/resources", FindingSeeds.class.getPackageName().replace('.', '/'));
        try {
            Files.writeString(Files.createDirectories(folder).resolve(FILE), lines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
