package dev.bayeux.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one peer did in one round.
 *
 * @param scenario its name
 * @param variant of the scenario, such as the number of messages in a reply
 * @param peer who
 * @param round from 1
 * @param figures what was measured, by name
 */
record Result(String scenario, String variant, PeerName peer, int round, Map<String, Double> figures) {

    /** {@return a line of JSON} */
    String json() {
        String measured = figures.entrySet().stream()
                .map(figure -> ",\"%s\":%s".formatted(figure.getKey(), number(figure.getValue())))
                .collect(Collectors.joining());
        return "{\"scenario\":\"%s\",\"peer\":\"%s\",\"batch\":\"%s\",\"round\":%d%s}".formatted(scenario, peer.text(),
                variant, round, measured);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
