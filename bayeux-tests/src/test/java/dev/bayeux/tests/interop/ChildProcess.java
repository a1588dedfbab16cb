package dev.bayeux.tests.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that a test needs, spoken to in lines. It ends with {@link #close()}, and all that it has started. */
public final class ChildProcess implements AutoCloseable {

    /** Longer than anything takes on a loaded machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final String name;
    private final Process process;
    private final Thread reader;

    /** Starts this command; the name is for threads and for what is said of failures. */
    public ChildProcess(String name, String... command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        // A platform thread: reading from a process blocks its carrier.
        reader = Thread.ofPlatform().daemon().name("test-server-" + name).start(this::read);
    }

    /** Writes a line to it. */
    public void write(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next line that it writes; waits for it. */
    public String next() {
        try {
            String line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("%s has written nothing within %s.".formatted(name, LIMIT));
            }
            return line;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle each : all) {
                each.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            reader.join(LIMIT);
        } catch (TimeoutException | ExecutionException stubborn) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            // The process has ended.
        }
    }
}
