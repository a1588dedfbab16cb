package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.tests.MemoryWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that leaves the recorder out, as jlink makes one, runs clients all the same. */
class WithoutRecorderTest {

    /** All that the clients of the tests need; not {@code jdk.jfr}. */
    private static final String MODULES = "java.base,java.logging,java.management,jdk.management,java.net.http,java.naming";

    /** What such an image runs. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) throws InterruptedException {
            try (MemoryWorld world = new MemoryWorld()) {
                BusyLife.live(world);
            }
            System.out.println("recorder: " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        }
    }

    @Test
    void aClientLivesWithoutTheModule(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--limit-modules", MODULES, "-classpath", System.getProperty("java.class.path"),
                Program.class.getName()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "It does not end.");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertEquals(0, process.exitValue(), lines::toString);
        assertEquals("recorder: false", lines.getLast(), lines::toString);
    }
}
