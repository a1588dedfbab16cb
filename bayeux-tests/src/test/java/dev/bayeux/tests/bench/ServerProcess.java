package dev.bayeux.tests.bench;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A CometD server in a process of its own, so that what is measured here is the client alone. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts the server with this JVM's class path; it holds connects for 30 s, as servers do. */
    static ServerProcess start() throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath", System.getProperty("java.class.path"), ServerProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null) {
            throw new IOException("The server has not started.");
        }
        return new ServerProcess(process, URI.create(line));
    }

    /**
     * The process itself: ends when its input does.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        try (CometdTestServer server = new CometdTestServer().timeout(Duration.ofSeconds(30))
                .maxInterval(Duration.ofSeconds(30)).start()) {
            System.out.println(server.uri());
            while (System.in.read() >= 0) {
                // What is written there does not matter.
            }
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
