package dev.bayeux.tests.bench;

import dev.bayeux.tests.interop.CometdTestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cometd.server.ext.AcknowledgedMessagesExtension;

/** A CometD server in a process of its own, so that what is measured here is the client alone. */
final class ServerProcess implements AutoCloseable {

    private static final int TICKS_A_SECOND = 10;

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts the server with this JVM's class path; it holds connects for 30 s, as servers do. */
    static ServerProcess start() throws IOException {
        return start(0);
    }

    /** The same for a server that publishes on {@code /ticks}, so many times a second, and counts with {@code ack}. */
    static ServerProcess start(int ticksPerSecond) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath", System.getProperty("java.class.path"), ServerProcess.class.getName(),
                Integer.toString(ticksPerSecond)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
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
     * @param args how often it publishes in a second
     */
    public static void main(String[] args) throws IOException {
        int ticksPerSecond = Integer.parseInt(args[0]);
        try (CometdTestServer server = new CometdTestServer().timeout(Duration.ofSeconds(30))
                .maxInterval(Duration.ofSeconds(30)).extension(AcknowledgedMessagesExtension::new).start();
                ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            if (ticksPerSecond > 0) {
                ticker.scheduleAtFixedRate(new Ticks(server, ticksPerSecond / TICKS_A_SECOND), 0, 1000 / TICKS_A_SECOND,
                        TimeUnit.MILLISECONDS);
            }
            System.out.println(server.uri());
            while (System.in.read() >= 0) {
                // What is written there does not matter.
            }
            ticker.shutdownNow();
        }
    }

    /** Publishes some at each tick; each has 1,000 characters and the next number. */
    private static final class Ticks implements Runnable {

        private final CometdTestServer server;
        private final int each;
        private final String filling = "x".repeat(1_000);
        private long number;

        Ticks(CometdTestServer server, int each) {
            this.server = server;
            this.each = each;
        }

        @Override
        public void run() {
            for (int n = 0; n < each; n++) {
                server.publish("/ticks", "{\"n\":%d,\"text\":\"%s\"}".formatted(number++, filling));
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
