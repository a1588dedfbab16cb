package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A shell process that runs the command, and its output. Each wait has a limit. Closing ends all processes. */
final class CliProcess implements AutoCloseable {

    /** The command, as a shell starts it. */
    static final String BAYEUX = "'%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '%s' dev.bayeux.cli.Main"
            .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"));

    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    /** The lines of both outputs; empty at the end. */
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private CliProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().name("test-cli-output").start(this::read);
    }

    /** Runs a script in which {@code bayeux} is the command. */
    static CliProcess run(Path folder, String script) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: there is no /bin/sh");
        Path file = Files.writeString(folder.resolve("script"),
                "bayeux() { %s \"$@\"; }\n%s\n".formatted(BAYEUX, script));
        return new CliProcess(new ProcessBuilder("/bin/sh", file.toString()).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().map(Optional::of).forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(Optional.of("[unreadable: %s]".formatted(ended.getMessage())));
        } finally {
            lines.add(Optional.empty());
        }
    }

    /** Waits for the next line; empty at the end. */
    Optional<String> line() throws InterruptedException {
        Optional<String> line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertTrue(line != null, "The process writes nothing, and does not end.");
        return line;
    }

    /** Waits for the end and returns the remaining lines. */
    List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            rest.add(line.get());
        }
        return rest;
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "The process does not end.");
        return process.exitValue();
    }

    @Override
    public void close() {
        // The commands of a pipeline are children of the shell and would survive it.
        Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
