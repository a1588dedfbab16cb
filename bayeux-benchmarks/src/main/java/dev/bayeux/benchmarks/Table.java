package dev.bayeux.benchmarks;

import dev.bayeux.benchmarks.Results.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table for people, in Markdown: medians with the least and the most; a ratio that falls short is bold. */
record Table(Results results) {

    private static final int FLOOR = 3;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| scenario | measure | CometD | ours, JDK | ours, Jetty | floor | JDK : CometD | Jetty : CometD | reach | JDK : floor | Jetty : floor |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        String last = "";
        for (Row row : Rows.all()) {
            if (summary(row, 0).or(() -> summary(row, 1)).or(() -> summary(row, 2)).isEmpty()) {
                continue;
            }
            lines.add("| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |".formatted(
                    row.title().equals(last) ? "" : row.title(),
                    row.unit(), cell(row, 0), cell(row, 1), cell(row, 2), cell(row, FLOOR), ratio(row, 1),
                    ratio(row, 2), row.goal().text(), timesFloor(row, 1), timesFloor(row, 2)));
            last = row.title();
        }
        return lines;
    }

    private Optional<Summary> summary(Row row, int column) {
        return results.summary(row.scenario(), row.variant(), row.peer(column), row.figure());
    }

    private String cell(Row row, int column) {
        return summary(row, column).map(summary -> summary.least() == summary.most()
                ? number(summary.median() * row.scale())
                : "%s (%s–%s)".formatted(number(summary.median() * row.scale()),
                        number(summary.least() * row.scale()), number(summary.most() * row.scale())))
                .orElse("");
    }

    private String ratio(Row row, int column) {
        Optional<Summary> ours = summary(row, column);
        Optional<Summary> rival = summary(row, 0);
        if (ours.isEmpty() || rival.isEmpty()) {
            return "";
        }
        double ratio = ours.get().median() / rival.get().median();
        String text = Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "";
        return row.goal().reached(ours.get().median(), ratio) ? text : "**" + text + "**";
    }

    private String timesFloor(Row row, int column) {
        return summary(row, column).flatMap(ours -> summary(row, FLOOR)
                .map(floor -> String.format(Locale.ROOT, "%.1f", ours.median() / floor.median()))).orElse("");
    }

    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
