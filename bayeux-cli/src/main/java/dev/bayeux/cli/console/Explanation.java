package dev.bayeux.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A failure in words: its own, and those of its causes that say more. */
public final class Explanation {

    private static final int MOST = 4;
    private static final String INDENTATION = "    ";

    private Explanation() {
    }

    /**
     * Explains.
     *
     * @param failed what was thrown
     * @return one line for each cause that says something new
     */
    public static String of(Throwable failed) {
        List<String> texts = new ArrayList<>();
        for (Throwable cause = failed; cause != null && texts.size() < MOST; cause = cause.getCause()) {
            String text = visible(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
            if (texts.stream().noneMatch(known -> known.contains(text))) {
                texts.add(text);
            }
        }
        return String.join("\n  because: ", texts);
    }

    /**
     * Shows where a failure comes from, with all its causes.
     *
     * @param failed what was thrown
     * @return its stack trace, each line as {@link #visible} makes it; what it says may be of a server
     */
    public static String trace(Throwable failed) {
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().lines().map(line -> visible(line.replace("\t", INDENTATION)))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Makes a text of somebody else safe to show.
     *
     * @param text any
     * @return the same on one line and without control characters, which a terminal would obey
     */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.chars().forEach(c -> visible.append(JsonTokens.isControl(c) ? ' ' : (char) c));
        return visible.toString();
    }
}
