package dev.bayeux.cli.ping;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Computes percentiles of many round trips. Keeps one number for each message that came back. */
public final class Statistics {

    private long[] nanos = new long[64];
    private int back;
    private long sent;

    /** Makes statistics without a round trip. */
    public Statistics() {
        // Nothing is needed.
    }

    /**
     * Counts a round trip.
     *
     * @param trip the round trip
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

    /**
     * Returns a percentile by nearest rank: always a measured value, never one between two; zero if no message came
     * back.
     */
    Duration percentile(double percent) {
        long[] sorted = Arrays.copyOf(nanos, back);
        Arrays.sort(sorted);
        return Duration.ofNanos(back == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(back * percent / 100) - 1)]);
    }

    /** Returns a percentile as JSON, {@code null} if no message came back. */
    private String json(double percent) {
        return back == 0 ? "null" : RoundTrip.millis(percentile(percent));
    }

    private static String name(double percent) {
        return "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    /**
     * {@return the statistics as a line for people}
     *
     * @param percentiles the percentiles to write, above 0 and up to 100
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
     * {@return the statistics as JSON}
     *
     * @param percentiles the percentiles to write, above 0 and up to 100
     */
    public String asJson(List<Double> percentiles) {
        return "{\"sent\":%d,\"back\":%d,\"minMs\":%s%s,\"maxMs\":%s}".formatted(sent, back,
                json(0),
                percentiles.stream().map(each -> ",\"%sMs\":%s".formatted(name(each), json(each)))
                        .collect(Collectors.joining()),
                json(100));
    }
}
