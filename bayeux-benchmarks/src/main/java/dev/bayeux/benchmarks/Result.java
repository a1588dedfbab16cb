package dev.bayeux.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one peer did in one round.
 *
 * @param scenario its name
 * @param variant of the scenario, such as the number of messages in a reply
 * @param peer who
 * @param round from 1
 * @param endedAt when the round was over
 * @param figures what was measured, by name
 */
record Result(String scenario, String variant, PeerName peer, int round, Instant endedAt,
        Map<String, Double> figures) {

    /** Matches a member of the object that {@link #json} writes. */
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([-0-9.E]+))");

    /** A round that has just ended. */
    Result(String scenario, String variant, PeerName peer, int round, Map<String, Double> figures) {
        this(scenario, variant, peer, round, Instant.now(), figures);
    }

    /** Reads a line of {@link #json}. */
    static Result parse(String line) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        Matcher members = MEMBER.matcher(line);
        while (members.find()) {
            if (members.group(2) != null) {
                texts.put(members.group(1), members.group(2));
            } else {
                figures.put(members.group(1), Double.valueOf(members.group(3)));
            }
        }
        int round = Objects.requireNonNull(figures.remove("round")).intValue();
        return new Result(texts.get("scenario"), texts.get("batch"), PeerName.of(texts.get("peer")), round,
                Instant.parse(texts.get("endedAt")), figures);
    }

    /** {@return a line of JSON} */
    String json() {
        String measured = figures.entrySet().stream()
                .map(figure -> ",\"%s\":%s".formatted(figure.getKey(), number(figure.getValue())))
                .collect(Collectors.joining());
        return "{\"scenario\":\"%s\",\"peer\":\"%s\",\"batch\":\"%s\",\"round\":%d,\"endedAt\":\"%s\"%s}"
                .formatted(scenario, peer.text(), variant, round, endedAt.truncatedTo(ChronoUnit.SECONDS), measured);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
