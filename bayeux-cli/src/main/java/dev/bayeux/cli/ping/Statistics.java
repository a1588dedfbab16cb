package dev.bayeux.cli.ping;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What many round trips come to. Keeps one number for each. */
public final class Statistics {

    private long[] nanos = new long[64];
    private int back;
    private long sent;

    /** Of no round trip yet. */
    public Statistics() {
        // Nothing is needed.
    }

    /**
     * Counts a round trip.
     *
     * @param trip one more
     */
    public void add(RoundTrip trip) {
        sent++;
        trip.delivery().ifPresent(time -> {
            if (back == nanos.length) {
                nanos = Arrays.copyOf(nanos, back * 2);
            }
            nanos[back++] = time.toNanos();
        });
    }

    /**
     * {@return how many were sent}
     */
    public long sent() {
        return sent;
    }

    /**
     * {@return how many came back in time}
     */
    public long back() {
        return back;
    }

    /** The nearest rank: a value that was measured, never one between two; zero if there is none. */
    Duration percentile(double percent) {
        long[] sorted = Arrays.copyOf(nanos, back);
        Arrays.sort(sorted);
        return Duration.ofNanos(back == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(back * percent / 100) - 1)]);
    }

    /** Null if nothing came back. */
    private String json(double percent) {
        return back == 0 ? "null" : RoundTrip.millis(percentile(percent));
    }

    private static String name(double percent) {
        return "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    /**
     * {@return this for people}
     *
     * @param percentiles which ones, above 0 and up to 100
     */
    public String forPeople(List<Double> percentiles) {
        return back == 0
                ? "%d sent, none back".formatted(sent)
                : "%d sent, %d back; min %s, %smax %s ms".formatted(sent, back, RoundTrip.millis(percentile(0)),
                        percentiles.stream()
                                .map(each -> "%s %s, ".formatted(name(each), RoundTrip.millis(percentile(each))))
                                .collect(Collectors.joining()),
                        RoundTrip.millis(percentile(100)));
    }

    /**
     * {@return this as JSON}
     *
     * @param percentiles which ones, above 0 and up to 100
     */
    public String asJson(List<Double> percentiles) {
        return "{\"sent\":%d,\"back\":%d,\"minMs\":%s%s,\"maxMs\":%s}".formatted(sent, back,
                json(0),
                percentiles.stream().map(each -> ",\"%sMs\":%s".formatted(name(each), json(each)))
                        .collect(Collectors.joining()),
                json(100));
    }
}
