package dev.bayeux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the figures were taken on. */
final class Machine {

    private Machine() {
    }

    /** {@return a sentence} */
    static String describe(Duration taken) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "Taken on %s in %d minutes; Java %s, %d cores, %s; load of the machine at the end %.1f.".formatted(
                Instant.now().truncatedTo(ChronoUnit.MINUTES), taken.plusSeconds(30).toMinutes(),
                System.getProperty("java.version"), Runtime.getRuntime().availableProcessors(),
                Child.pins() ? "the client bound to one, the server to another" : "nothing bound to a core",
                system.getSystemLoadAverage());
    }
}
