package dev.bayeux.tests.interop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process of a {@link FayeTestServer}: a line of JSON in, a line of JSON out. */
final class FayeProcess implements AutoCloseable {

    static final FayeProcess NONE = new FayeProcess();

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final @Nullable Process process;
    private final @Nullable Thread reader;
    private final int port;

    private FayeProcess() {
        process = null;
        reader = null;
        port = 0;
    }

    FayeProcess(Path script, int wantedPort, Duration timeout) {
        try {
            Process started = new ProcessBuilder("node", script.toString(), String.valueOf(wantedPort),
                    String.valueOf(timeout.toMillis() / 1000.0)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process = started;
            // A platform thread: reading from a process blocks its carrier.
            reader = Thread.ofPlatform().daemon().name("test-server-faye").start(() -> read(started));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        port = next().getInt("port");
    }

    static boolean nodeIsThere() {
        try {
            Process version = new ProcessBuilder("node", "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return version.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The result of a command, as JSON. */
    String call(String command) {
        if (process == null) {
            throw new IllegalStateException("The Faye server of the test is not running.");
        }
        try {
            OutputStream in = process.getOutputStream();
            in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        JsonObject answer = next();
        if (answer.containsKey("error")) {
            throw new IllegalStateException("The Faye server of the test: " + answer.getString("error"));
        }
        return answer.get("result").toString();
    }

    @Override
    public void close() {
        if (process == null || reader == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(LIMIT);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read(Process from) {
        try (BufferedReader out = from.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            // The process has ended.
        }
    }

    private JsonObject next() {
        try {
            String line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("The Faye server of the test has not answered within " + LIMIT);
            }
            try (JsonReader json = Json.createReader(new StringReader(line))) {
                return json.readObject();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }
}
