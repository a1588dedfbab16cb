package dev.bayeux.cli.ping;

import java.time.Duration;
import java.util.List;

/**
 * What many round trips come to.
 *
 * @param sent how many
 * @param back how many came back in time
 * @param min the shortest
 * @param median half of them are no longer
 * @param p99 99 of a hundred are no longer
 * @param max the longest
 */
public record Statistics(int sent, int back, Duration min, Duration median, Duration p99, Duration max) {

    /**
     * Counts.
     *
     * @param trips at least one
     * @return all zero if none came back
     */
    public static Statistics of(List<RoundTrip> trips) {
        List<Duration> times = trips.stream().flatMap(trip -> trip.delivery().stream()).sorted().toList();
        return times.isEmpty()
                ? new Statistics(trips.size(), 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)
                : new Statistics(trips.size(), times.size(), times.getFirst(), rank(times, 50), rank(times, 99),
                        times.getLast());
    }

    /** The nearest rank: a value that was measured, never one between two. */
    private static Duration rank(List<Duration> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    /** {@return this for people} */
    public String forPeople() {
        return "%d sent, %d back; min %s, median %s, p99 %s, max %s ms".formatted(sent, back, RoundTrip.millis(min),
                RoundTrip.millis(median), RoundTrip.millis(p99), RoundTrip.millis(max));
    }

    /** {@return this as JSON} */
    public String asJson() {
        return "{\"sent\":%d,\"back\":%d,\"minMs\":%s,\"medianMs\":%s,\"p99Ms\":%s,\"maxMs\":%s}".formatted(sent, back,
                RoundTrip.millis(min), RoundTrip.millis(median), RoundTrip.millis(p99), RoundTrip.millis(max));
    }
}
