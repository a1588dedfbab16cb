package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own that handles the events of a channel, and can be killed while it does. */
final class DurableProgram implements AutoCloseable {

    static final String CHANNEL = "/event/Order__e";

    private final Process process;
    private final BufferedReader handled;

    private DurableProgram(Process process) {
        this.process = process;
        this.handled = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static DurableProgram start(URI server, Path positions) throws IOException {
        return new DurableProgram(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-classpath", System.getProperty("java.class.path"),
                DurableProgram.class.getName(), server.toString(), positions.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /**
     * The process itself: writes the number of each event that it handles, and ends when its input does.
     *
     * @param args the server and the file of positions
     */
    public static void main(String[] args) throws Exception {
        // One write for each line: what the handler has written is with the system, whatever becomes of the process.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try (PositionStore positions = PositionStore.ofFile(Path.of(args[1]));
                BayeuxClient client = BayeuxClient.builder(URI.create(args[0])).replay(positions)
                        .transports(new JdkLongPollingProvider()).connectCallTimeout(Duration.ofSeconds(30))
                        .connect()) {
            client.subscription(CHANNEL).fromStoredOr(Position.EARLIEST).start(message -> out
                    .write((message.position().orElseThrow().replayId() + "\n").getBytes(StandardCharsets.US_ASCII)));
            while (System.in.read() >= 0) {
                // What is written there does not matter.
            }
        }
    }

    /** Waits for the next event that it has handled; {@code null} if it is dead and there is none. */
    Long next() throws IOException {
        String line = handled.readLine();
        return line == null ? null : Long.valueOf(line);
    }

    /** As {@code kill -9}: nothing of it runs after this. */
    void kill() {
        // By its handle, since the process itself would close its output, too, and what was written there counts.
        process.toHandle().destroyForcibly();
        assertTrue(isOver(), "The process cannot be killed.");
    }

    private boolean isOver() {
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets it end by itself. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!isOver()) {
            process.destroyForcibly();
            throw new AssertionError("The process did not end.");
        }
    }
}
