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
            if (cause.getMessage() == null && cause != failed) {
                // The name of a class says nothing to a user.
                continue;
            }
            String text = visible(cause.getMessage() == null
                    ? cause.getClass().getSimpleName()
                    : Wording.ofCommandLine(cause.getMessage()));
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
     * Says it in one line.
     *
     * @param failed what was thrown
     * @return its own text
     */
    static String brief(Throwable failed) {
        return visible(Wording.ofCommandLine(String.valueOf(failed.getMessage())));
    }

    /**
     * Makes a text of a server or a file safe to show.
     *
     * @param text any
     * @return the same on one line and without control characters, which a terminal would obey; characters that are
     *         invisible, or change the direction of what follows, are shown as in {@code \\u202e}
     */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Invisible.isControl(c)) {
                visible.append(' ');
            } else if (Invisible.deceives(c)) {
                visible.append(Invisible.escaped(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
