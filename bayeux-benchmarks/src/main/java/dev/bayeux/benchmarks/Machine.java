package dev.bayeux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the figures were taken on. */
final class Machine {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Machine() {
    }

    /** {@return a sentence} */
    static String describe(Results results, Options options) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "Taken on %s; Java %s, %d cores, %s; %s; load of the machine at the end %.1f.".formatted(
                results.period().map(Machine::text).orElse("no day"), System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Child.pins() ? "the client bound to one, the server to another" : "nothing bound to a core",
                options.describe(), system.getSystemLoadAverage());
    }

    private static String text(Results.Period period) {
        return "%s, from %s to %s UTC".formatted(DAY.format(period.first()), TIME.format(period.first()),
                TIME.format(period.last()));
    }
}
