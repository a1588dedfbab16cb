package dev.bayeux.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A failure in words: its own, and those of its causes that say more. */
public final class Explanation {

    private static final int MOST = 4;

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
