package dev.bayeux.tests.interop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process of a {@link FayeTestServer}: a line of JSON in, a line of JSON out. */
final class FayeProcess implements AutoCloseable {

    static final FayeProcess NONE = new FayeProcess();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final @Nullable ChildProcess process;
    private final int port;

    private FayeProcess() {
        process = null;
        port = 0;
    }

    FayeProcess(Path script, int wantedPort, Duration timeout) {
        ChildProcess started = new ChildProcess("faye", "node", script.toString(), String.valueOf(wantedPort),
                String.valueOf(timeout.toMillis() / 1000.0));
        process = started;
        port = next(started).getInt("port");
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
        process.write(command);
        JsonObject answer = next(process);
        if (answer.containsKey("error")) {
            throw new IllegalStateException("The Faye server of the test: " + answer.getString("error"));
        }
        return answer.get("result").toString();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private static JsonObject next(ChildProcess process) {
        try (JsonReader json = Json.createReader(new StringReader(process.next()))) {
            return json.readObject();
        }
    }
}
