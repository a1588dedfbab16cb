package dev.bayeux.benchmarks.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process has used since the meter was made: processor time of all its threads, those of the JVM included, and
 * bytes that its threads have allocated, those of threads that have ended included. Virtual threads allocate in the name
 * of their carriers, which are platform threads, and so are counted.
 */
final class Meter {

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final int COLLECTIONS = 5;

    private final long allocated = THREADS.getTotalThreadAllocatedBytes();
    private final long cpu = SYSTEM.getProcessCpuTime();
    private final long wall = System.nanoTime();
    private final long compiling = COMPILER.getTotalCompilationTime();
    private final long compilerCpu = CompilerThreads.cpuNanos();

    /** {@return the figures of a run, by their names} */
    Map<String, Double> figures(long messages) {
        double nanos = System.nanoTime() - wall;
        double cpuNanos = SYSTEM.getProcessCpuTime() - cpu;
        double compilerNanos = CompilerThreads.cpuNanos() - compilerCpu;
        double bytes = THREADS.getTotalThreadAllocatedBytes() - allocated;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("msgPerS", messages / nanos * 1e9);
        figures.put("cpuUsPerMsg", cpuNanos / messages / 1e3);
        figures.put("cpuWithoutCompilersUsPerMsg", (cpuNanos - compilerNanos) / messages / 1e3);
        figures.put("allocBytesPerMsg", bytes / messages);
        return figures;
    }

    /** {@return processor time since then} */
    double cpuMillis() {
        return (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
    }

    /** {@return processor time of the compilers since then} */
    double compilerCpuMillis() {
        return (CompilerThreads.cpuNanos() - compilerCpu) / 1e6;
    }

    /** {@return time that compilers have taken since then} */
    double compilingMillis() {
        return COMPILER.getTotalCompilationTime() - compiling;
    }

    /** {@return seconds since then} */
    double seconds() {
        return (System.nanoTime() - wall) / 1e9;
    }

    static int platformThreads() {
        return THREADS.getThreadCount();
    }

    /** {@return bytes of the heap that are left after collections have found no more} */
    static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int n = 0; n < COLLECTIONS; n++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
