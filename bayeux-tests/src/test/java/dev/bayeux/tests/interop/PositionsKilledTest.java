package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that does nothing but save positions is killed while it does, rewriting of the file included. */
@Timeout(120)
class PositionsKilledTest {

    private static final String CHANNEL = "/event/Order__e";
    private static final int LIVES = 6;
    private static final int SAVES = 5_000;

    @TempDir
    private Path folder;

    /**
     * The process: saves one position after the other, and writes each when it is saved.
     *
     * @param args the file
     */
    public static void main(String[] args) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try (PositionStore store = PositionStore.ofFile(Path.of(args[0]))) {
            long id = load(store);
            while (true) {
                id++;
                store.save(CHANNEL, Position.after(id));
                out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static long load(PositionStore store) {
        return store.load(CHANNEL).map(Position::replayId).map(Long::valueOf).orElse(0L);
    }

    @Test
    @Tag("C-119")
    void savedPositionsSurviveAnyEndOfTheProcess() throws Exception {
        Path file = folder.resolve("positions");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long last = 0;
        for (int life = 0; life < LIVES; life++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                    "-classpath", System.getProperty("java.class.path"),
                    PositionsKilledTest.class.getName(), file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader saved = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                for (int n = random.nextInt(SAVES); n >= 0; n--) {
                    last = Long.parseLong(saved.readLine());
                }
                process.toHandle().destroyForcibly();
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
                for (String line = saved.readLine(); line != null; line = saved.readLine()) {
                    last = Long.parseLong(line);
                }
            } finally {
                process.destroyForcibly();
            }
            try (PositionStore store = PositionStore.ofFile(file)) {
                long loaded = load(store);
                long told = last;
                assertTrue(loaded == told || loaded == told + 1,
                        () -> "seed %d: the process told of %d, and the file has %d".formatted(seed, told, loaded));
                last = loaded;
            }
        }
        assertTrue(last > 0);
    }
}
