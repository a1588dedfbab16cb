package dev.bayeux.benchmarks.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of the JIT compilers' threads, from Linux; zero elsewhere. The JVM must keep these threads
 * ({@code -XX:-UseDynamicNumberOfCompilerThreads}): the time of a thread that has ended is lost.
 */
final class CompilerThreads {

    private static final Path TASKS = Path.of("/proc/self/task");

    private CompilerThreads() {
    }

    /** {@return nanoseconds since the start of the process} */
    static long cpuNanos() {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
            for (Path thread : threads) {
                nanos += cpuNanos(thread);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("Cannot read the times of the threads.", unreadable);
        }
        return nanos;
    }

    private static long cpuNanos(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            return name.contains("CompilerThre")
                    ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0])
                    : 0;
        } catch (IOException ended) {
            return 0;
        }
    }
}
