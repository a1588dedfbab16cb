package dev.bayeux.tests.interop;

import dev.bayeux.tests.server.ClosedPort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.jspecify.annotations.Nullable;

/**
 * A real Faye server in a process of its own, long-polling and WebSocket. It keeps its port over {@link #restart()}.
 * What it holds is short, so that tests are quick. Where Node.js is missing {@link #start()} skips the test.
 */
public final class FayeTestServer implements RealServer, AutoCloseable {

    private static final Path DIRECTORY = Path.of(System.getProperty("bayeux.faye", "target/faye"));

    private Duration timeout = Duration.ofMillis(2000);
    private int port;
    /** Keeps the port, also while this server is between two processes. */
    private @Nullable ClosedPort reserved;
    private FayeProcess process = FayeProcess.NONE;

    /** How long a connect is held; 2 s by default. Before {@link #start()}. */
    public FayeTestServer timeout(Duration value) {
        timeout = value;
        return this;
    }

    /** Starts; at a free port the first time, at the same one later. Skips the test if that is not possible here. */
    public FayeTestServer start() {
        Assumptions.assumeTrue(FayeProcess.nodeIsThere(), "skipped: node was not found");
        Assumptions.assumeTrue(Files.isDirectory(DIRECTORY.resolve("node_modules/faye")),
                "skipped: npm has not installed the Faye server");
        if (reserved == null && ClosedPort.allowsListening()) {
            reserved = ClosedPort.reserve();
            port = reserved.number();
        }
        process = new FayeProcess(DIRECTORY.resolve("server.js"), port, timeout);
        port = process.port();
        return this;
    }

    /** Ends the process; all sessions are forgotten. */
    public void stop() {
        process.close();
    }

    /** Stops and starts again at the same port; no session survives. */
    @Override
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
        if (reserved != null) {
            reserved.close();
            reserved = null;
        }
    }

    /** Where clients find it, while it runs. */
    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:%d/faye".formatted(port));
    }

    /** How many sessions there are. */
    @Override
    public int sessionCount() {
        return Integer.parseInt(process.call("{\"command\":\"sessions\"}"));
    }

    /** Forgets all sessions, and advises a handshake in reply to the next requests. */
    @Override
    public void expireAllSessions() {
        process.call("{\"command\":\"expire\"}");
    }

    /** Publishes to all subscribers. */
    @Override
    public void publish(String channel, String json) {
        process.call("{\"command\":\"publish\",\"channel\":\"%s\",\"data\":%s}".formatted(channel, json));
    }

    /** Handshakes must carry this in {@code ext.auth.token}; an empty text: any handshake will do. */
    public void requireToken(String token) {
        process.call("{\"command\":\"token\",\"token\":\"%s\"}".formatted(token));
    }

    @Override
    public void deny(String channel) {
        process.call("{\"command\":\"deny\",\"prefix\":\"%s/\"}".formatted(channel));
    }

    /**
     * Below {@code /guarded/}, subscribes must carry {@code ext.signature}, HMAC-SHA256 in hex of channel and client id,
     * and publishes the secret itself in {@code ext.authToken}.
     *
     * @param secret the key
     * @param strip whether the server takes the secret out before it passes messages on
     */
    public void guard(String secret, boolean strip) {
        process.call("{\"command\":\"guard\",\"secret\":\"%s\",\"strip\":%s}".formatted(secret, strip));
    }
}
