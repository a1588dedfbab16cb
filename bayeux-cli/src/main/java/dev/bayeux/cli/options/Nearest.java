package dev.bayeux.cli.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that is closest to a mistyped one. */
public final class Nearest {

    private Nearest() {
    }

    /**
     * Looks for a word that differs little.
     *
     * @param typed what was typed
     * @param words what there is
     * @return the nearest of them; empty if none is near
     */
    public static Optional<String> of(String typed, Collection<String> words) {
        // One slip for each three letters; a word that was only begun is near as well.
        int most = Math.max(1, typed.length() / 3);
        return words.stream().filter(word -> distance(typed, word) <= most
                || typed.length() > 1 && word.startsWith(typed)).min(
                        Comparator.comparingInt(word -> distance(typed, word)));
    }

    /**
     * {@return a sentence that suggests a word, with a space before it; empty if none is near}
     *
     * @param typed what was typed
     * @param words what there is
     */
    public static String suggestion(String typed, Collection<String> words) {
        return of(typed, words).map(" Did you mean %s?"::formatted).orElse("");
    }

    /** How many letters were left out, added, changed or swapped with the next one. */
    private static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }
}
