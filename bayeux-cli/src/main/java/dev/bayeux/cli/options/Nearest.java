package dev.bayeux.cli.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that is closest to a mistyped one. */
public final class Nearest {

    private Nearest() {
    }

    /**
     * Finds the word that differs least.
     *
     * @param typed the mistyped word
     * @param words the known words
     * @return the nearest word; empty if none is near
     */
    public static Optional<String> of(String typed, Collection<String> words) {
        // Allows one mistake for every three letters. A beginning of a word is near, too.
        int most = Math.max(1, typed.length() / 3);
        return words.stream().filter(word -> distance(typed, word) <= most
                || typed.length() > 1 && word.startsWith(typed)).min(
                        Comparator.comparingInt(word -> distance(typed, word)));
    }

    /**
     * {@return a sentence that suggests a word, with a space before it; empty if none is near}
     *
     * @param typed the mistyped word
     * @param words the known words
     */
    public static String suggestion(String typed, Collection<String> words) {
        return of(typed, words).map(" Did you mean %s?"::formatted).orElse("");
    }

    /** Returns how many letters were left out, added, changed or swapped with the next one. */
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
