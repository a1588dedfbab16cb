package dev.bayeux.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes failures as texts for users. */
public final class Explanation {

    private static final int MOST = 4;
    private static final String INDENTATION = "    ";

    private Explanation() {
    }

    /**
     * Describes a failure, and those of its causes that add information.
     *
     * @param failed what was thrown
     * @return one line for the failure and for each such cause, four at most
     */
    public static String of(Throwable failed) {
        List<String> texts = new ArrayList<>();
        for (Throwable cause = failed; cause != null && texts.size() < MOST; cause = cause.getCause()) {
            if (cause.getMessage() == null && cause != failed) {
                // The name of a class does not help a user.
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
     * Returns the stack trace of a failure with all its causes.
     *
     * @param failed what was thrown
     * @return the stack trace, each line made safe by {@link #visible}, because its texts may come from a server
     */
    public static String trace(Throwable failed) {
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().lines().map(line -> visible(line.replace("\t", INDENTATION)))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Describes a failure in one line, without its causes.
     *
     * @param failed what was thrown
     * @return the text of the failure
     */
    static String brief(Throwable failed) {
        return visible(Wording.ofCommandLine(String.valueOf(failed.getMessage())));
    }

    /**
     * Makes a text of a server or a file safe to show.
     *
     * @param text any
     * @return the text with spaces in place of control characters, which a terminal would obey; characters that are
     *         invisible, or change the direction of the text after them, are escaped as in {@code \\u202e}
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
