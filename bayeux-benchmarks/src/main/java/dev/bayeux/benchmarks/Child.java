package dev.bayeux.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that we talk to by lines. It ends when its input does. With {@code taskset} servers have the first core and
 * clients the second, so that neither takes the other's time; without, or with one core, all have all.
 */
final class Child implements AutoCloseable {

    private static final String TASKSET = "/usr/bin/taskset";
    /** Much longer than any scenario measures before it tells. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final String name;
    private final Process process;
    /** The lines that it has printed and that were not read yet; an empty one is its end. */
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Writer input;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        // A platform thread: reading from a process blocks its carrier.
        Thread.ofPlatform().daemon().name("bench-output-" + name).start(this::collect);
    }

    private void collect() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException ended) {
            // As if it had said nothing more.
        } finally {
            lines.add(Optional.empty());
        }
    }

    /** {@return whether processes are bound to cores here} */
    static boolean pins() {
        return Runtime.getRuntime().availableProcessors() > 1 && Files.isExecutable(Path.of(TASKSET));
    }

    static Start onServerCore(String name, Options options) {
        return new Start(name, options, 0);
    }

    static Start onClientCore(String name, Options options) {
        return new Start(name, options, 1);
    }

    /** How it is started. What goes wrong there is written to a file. */
    record Start(String name, Options options, int core) {

        Child java(List<String> flags, String classPath, Class<?> main, List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>();
            if (pins()) {
                command.addAll(List.of(TASKSET, "-c", Integer.toString(core)));
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags);
            command.addAll(List.of("-classpath", classPath, main.getName()));
            command.addAll(arguments);
            Path log = Files.createDirectories(options.directory()).resolve(name + ".log");
            return new Child(name, new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
        }
    }

    /** Waits for what it says next. One that says nothing for too long is killed. */
    String readLine() throws IOException {
        try {
            Optional<String> line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                kill();
                throw new IOException("The process \"%s\" has said nothing within %s.".formatted(name, LIMIT));
            }
            return line.orElseThrow(() -> new IOException(
                    "The process \"%s\" has ended too early; its log says why.".formatted(name)));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the process \"%s\".".formatted(name));
        }
    }

    /** {@return the processor time that it has used} */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    void writeLine(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Ends it, but lets the JVM finish a recording. */
    void terminate() {
        process.destroy();
        await();
    }

    void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException gone) {
            // It has ended already.
        }
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
