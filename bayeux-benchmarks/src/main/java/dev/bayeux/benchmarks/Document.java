package dev.bayeux.benchmarks;

import java.util.List;

/**
 * The page that holds the table, between two marks.
 *
 * @param text all of it
 */
record Document(String text) {

    private static final String BEGIN = "<!-- bench: begin -->\n";
    private static final String END = "<!-- bench: end -->";

    /** {@return the page with another table} */
    String with(String machine, List<String> lines) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("The page has no place for the table: %s...%s".formatted(BEGIN, END));
        }
        return text.substring(0, begin + BEGIN.length()) + machine + "\n\n" + String.join("\n", lines) + "\n"
                + text.substring(end);
    }
}
