package dev.bayeux.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the fuzzer on one target after the other, each in a process of its own with little memory. What it finds worth
 * keeping stays in the folder for the next run; what breaks a promise is a file whose name begins with {@code crash},
 * {@code timeout} or {@code oom}, and ends the build as a failure.
 */
public final class Fuzz {

    private static final int SLOW_SECONDS = 10;

    private Fuzz() {
    }

    /**
     * Fuzzes.
     *
     * @param args seconds for each target, one target or "all", a folder for what is found
     * @throws Exception if the fuzzer does not start
     */
    public static void main(String[] args) throws Exception {
        List<FuzzTarget> broken = new ArrayList<>();
        for (FuzzTarget target : FuzzTarget.values()) {
            if (args[1].equals("all") || args[1].equals(target.title())) {
                Path folder = Path.of(args[2], target.title());
                if (run(target, Integer.parseInt(args[0]), folder) != 0) {
                    broken.add(target);
                }
            }
        }
        if (!broken.isEmpty()) {
            System.err.println("Broken: " + broken + ", see " + args[2]);
            System.exit(1);
        }
    }

    private static int run(FuzzTarget target, int seconds, Path folder) throws IOException, InterruptedException {
        Path found = Files.createDirectories(folder.resolve("corpus"));
        Path known = Files.createDirectories(folder.resolve("known"));
        List<byte[]> corpus = Corpus.of(target);
        for (int n = 0; n < corpus.size(); n++) {
            Files.write(known.resolve(String.valueOf(n)), corpus.get(n));
        }
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m",
                "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED", "-classpath",
                System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.entry.getName(), "--instrumentation_includes=dev.bayeux.**",
                "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/", "-max_total_time=" + seconds,
                "-timeout=" + SLOW_SECONDS, "-print_final_stats=1", found.toString(), known.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
