package dev.bayeux.core.simulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a history.
 *
 * @param seed which
 * @param failure what was wrong, {@code null} if nothing was
 * @param trace the last lines, if they were kept
 * @param fingerprint the same for the same history
 * @param faults how many of each
 * @param counts what was done
 */
record Result(long seed, @Nullable String failure, List<String> trace, long fingerprint, Map<Fault, Long> faults,
        Map<String, Long> counts) {

    /** The one line that repeats it, and what led there. */
    String report() {
        return "%s%nmvn -B -ntp -Psimulation -pl bayeux-core -am -Dsimulation.seed=%d%n%s"
                .formatted(failure, seed, String.join(System.lineSeparator(), trace));
    }
}
