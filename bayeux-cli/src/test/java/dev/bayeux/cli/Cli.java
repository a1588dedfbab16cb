package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A command that runs in this process, with the streams of a test. */
final class Cli implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Interrupts> interrupts = new CompletableFuture<>();
    private final CompletableFuture<Integer> halted = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final PipedOutputStream typed = new PipedOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final Thread thread;
    private volatile String broken;

    private Cli(boolean terminal, int readLines, InputStream in, String... args) {
        this(Map.of(), false, terminal, readLines, in, args);
    }

    private Cli(Map<String, String> environment, boolean typing, boolean terminal, int readLines, InputStream in,
            String... args) {
        InputStream input = in == null ? connected(typed) : in;
        thread = Thread.ofPlatform().name("test-cli").start(() -> {
            try {
                Interrupts mine = new Interrupts(halted::complete, clock::get);
                interrupts.complete(mine);
                Streams streams = new Streams(input, new LineStream(readLines), errors,
                        typing, terminal, terminal, StandardCharsets.UTF_8);
                exit.complete(Main.run(new Console(streams, true, mine, environment), args));
            } catch (Throwable failed) {
                exit.completeExceptionally(failed);
            }
        });
    }

    private static InputStream connected(PipedOutputStream out) {
        try {
            return new PipedInputStream(out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs a command in a pipe, with an input that {@link #type} feeds. */
    static Cli start(String... args) {
        return new Cli(false, Integer.MAX_VALUE, null, args);
    }

    /** Runs a command in a pipe, with these variables of the environment and no others. */
    static Cli inEnvironment(Map<String, String> environment, String... args) {
        return new Cli(environment, false, false, Integer.MAX_VALUE, null, args);
    }

    /** Runs a command with a terminal as its input, on which {@link #type} types, and a pipe as its output. */
    static Cli typedBySomebody(String... args) {
        return new Cli(Map.of(), true, false, Integer.MAX_VALUE, null, args);
    }

    /** Runs a command in a pipe whose reader closes it after some lines, as {@code head} does. */
    static Cli beforeHead(int lines, String... args) {
        return new Cli(false, lines, null, args);
    }

    /** Runs a command in a pipe, with an input. */
    static Cli withInput(String input, String... args) {
        return withInput(input.getBytes(StandardCharsets.UTF_8), args);
    }

    /** Runs a command in a pipe, with an input of bytes that need not be text. */
    static Cli withInput(byte[] input, String... args) {
        return new Cli(false, Integer.MAX_VALUE, new ByteArrayInputStream(input), args);
    }

    /** Runs a command that writes to a terminal. */
    static Cli onTerminal(String... args) {
        return new Cli(true, Integer.MAX_VALUE, InputStream.nullInputStream(), args);
    }

    void type(String line) throws IOException {
        typed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        typed.flush();
    }

    /** Waits for the next line of the standard output. */
    String line() throws InterruptedException {
        String line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(line != null, () -> "no line; the standard error: " + errors());
        return line;
    }

    /** Waits for the next line of the standard output, up to a limit. */
    Optional<String> lineWithin(long millis) throws InterruptedException {
        return Optional.ofNullable(lines.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** Takes the lines of the standard output that no call has taken. */
    List<String> lines() {
        List<String> all = new ArrayList<>();
        lines.drainTo(all);
        return all;
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** Raises a signal, a second after the one before by the command's clock. */
    void signal(int number) throws Exception {
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        interrupts.get(LIMIT.toSeconds(), TimeUnit.SECONDS).raise(number);
    }

    /** Waits until the command ends the process at once; returns the status. */
    int halted() throws Exception {
        return halted.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Closes the reading end of the standard output. */
    void closeOutput() {
        breakOutput("Broken pipe");
    }

    /** Makes each further write to the standard output fail. */
    void breakOutput(String why) {
        broken = why;
    }

    int exitCode() throws Exception {
        return exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            assertTrue(thread.join(LIMIT), "The command does not end.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class LineStream extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private int room;

        LineStream(int lines) {
            room = lines;
        }

        @Override
        public void write(int b) throws IOException {
            if (broken != null) {
                throw new IOException(broken);
            }
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
                if (--room == 0) {
                    closeOutput();
                }
            } else {
                line.write(b);
            }
        }
    }
}
