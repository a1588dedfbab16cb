package dev.bayeux.tests;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The threads that are alive at one moment, platform and virtual ones, to tell later which are new. Left out are those
 * that the Java runtime starts for itself and keeps, and those named {@code test-server-…}, which belong to the servers
 * of tests.
 */
public final class LiveThreads {

    private static final String OF_TEST_SERVERS = "test-server-";
    /**
     * What the runtime starts when it is first needed and never ends, besides threads of its own classes; and what
     * OkHttp does so, for all its clients in the JVM.
     */
    private static final Pattern OF_RUNTIME = Pattern
            .compile("ForkJoinPool\\.commonPool.*|ForkJoinPool-\\d+-delayScheduler"
                    + "|OkHttp TaskRunner|Okio Watchdog|SubPoller-\\d+|CompletableFutureDelayScheduler|process reaper.*|Attach Listener");
    /** A line of a thread dump, such as {@code #31 "bayeux-send" virtual WAITING 2026-…}. */
    private static final Pattern VIRTUAL = Pattern.compile("^#(\\d+) \"([^\"]*)\" (?:.* )?virtual\\b.*");

    private static final long FIRST_PAUSE_NS = 200_000;
    private static final long LAST_PAUSE_NS = 20_000_000;
    private static final long QUIET_LIMIT_NS = 5_000_000_000L;
    /** How many times in a row no virtual thread must be running. */
    private static final int QUIET_LOOKS = 5;
    private static final ObjectName SCHEDULER = scheduler();

    private final Set<Long> ids = new HashSet<>();

    private LiveThreads() {
    }

    /**
     * {@return the threads that are alive now}
     */
    public static LiveThreads now() {
        LiveThreads threads = new LiveThreads();
        Thread.getAllStackTraces().keySet().forEach(thread -> threads.ids.add(thread.threadId()));
        threads.ids.addAll(virtualThreads().keySet());
        return threads;
    }

    /**
     * Waits until all threads that were not alive at that moment have ended.
     *
     * @param limit how long to wait
     * @throws AssertionError with names and stacks, if some have not
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitNoneAdded(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // Carriers of virtual threads and the like.
            boolean ofRuntime = thread.getClass().getName().startsWith("jdk.internal.");
            if (!ofRuntime && isAdded(thread.threadId(), thread.getName())) {
                long left = Math.max(1, end - System.nanoTime());
                if (!thread.join(Duration.ofNanos(left))) {
                    throw new AssertionError("A thread is left: %s".formatted(describe(thread)));
                }
            }
        }
        // There is no way to wait for a virtual thread of which only the number is known: look again, until the limit.
        List<String> left = addedVirtualThreads();
        for (long pauseNs = FIRST_PAUSE_NS; !left.isEmpty(); pauseNs = Math.min(2 * pauseNs, LAST_PAUSE_NS)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Virtual threads are left: %s".formatted(left));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(pauseNs);
            left = addedVirtualThreads();
        }
    }

    private List<String> addedVirtualThreads() {
        List<String> added = new ArrayList<>();
        virtualThreads().forEach((id, name) -> {
            if (isAdded(id, name)) {
                added.add("#%d %s".formatted(id, name));
            }
        });
        return added;
    }

    @SuppressWarnings("ThreadPriorityCheck") // other threads are to run
    private static void awaitNoneRunning() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long end = System.nanoTime() + QUIET_LIMIT_NS;
        int quiet = 0;
        try {
            while (quiet < QUIET_LOOKS && System.nanoTime() < end) {
                long running = ((Number) beans.getAttribute(SCHEDULER, "MountedVirtualThreadCount")).longValue()
                        + ((Number) beans.getAttribute(SCHEDULER, "QueuedVirtualThreadCount")).longValue();
                quiet = running > 0 ? 0 : quiet + 1;
                Thread.yield();
            }
        } catch (JMException unknown) {
            // Before JDK 24 the JVM does not say.
        }
    }

    private static ObjectName scheduler() {
        try {
            return new ObjectName("jdk.management:type=VirtualThreadScheduler");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean isAdded(long id, String name) {
        return !ids.contains(id) && !name.startsWith(OF_TEST_SERVERS) && !OF_RUNTIME.matcher(name).matches();
    }

    private static String describe(Thread thread) {
        StringBuilder text = new StringBuilder(thread.toString());
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("\n    at ").append(element);
        }
        return text.toString();
    }

    /**
     * Numbers and names of the virtual threads; only a thread dump knows them. A dump while some of them start or end
     * can crash the virtual machine (seen with JDK 25.0.3), so it waits for a moment at which none is running.
     */
    private static Map<Long, String> virtualThreads() {
        awaitNoneRunning();
        try {
            Path directory = Files.createTempDirectory("threads");
            Path dump = directory.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(),
                        HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
                Map<Long, String> threads = new HashMap<>();
                for (String line : Files.readAllLines(dump)) {
                    Matcher virtual = VIRTUAL.matcher(line);
                    if (virtual.matches()) {
                        threads.put(Long.valueOf(virtual.group(1)), virtual.group(2));
                    }
                }
                return threads;
            } finally {
                Files.deleteIfExists(dump);
                Files.delete(directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
