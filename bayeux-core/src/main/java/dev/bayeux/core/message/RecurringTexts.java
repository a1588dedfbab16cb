package dev.bayeux.core.message;

import org.jspecify.annotations.Nullable;

/**
 * A small cache of recurring texts, such as channels, so that they are not copied out of each reply. A new text replaces an
 * older one. Safe for use by several threads: at worst a text is copied twice.
 */
final class RecurringTexts {

    private static final int KEPT = 32;
    private static final int LONGEST = 64;

    private final @Nullable String[] kept = new @Nullable String[KEPT];
    private String last = "";

    String cut(String text, int from, int to) {
        String again = last;
        if (isAt(again, text, from, to)) {
            return again;
        }
        if (to - from > LONGEST) {
            return text.substring(from, to);
        }
        int slot = slot(text, from, to);
        String known = kept[slot];
        if (known == null || !isAt(known, text, from, to)) {
            known = text.substring(from, to);
            kept[slot] = known;
        }
        last = known;
        return known;
    }

    private static boolean isAt(String known, String text, int from, int to) {
        return known.length() == to - from && text.startsWith(known, from);
    }

    private static int slot(String text, int from, int to) {
        int hash = 0;
        for (int n = from; n < to; n++) {
            hash = 31 * hash + text.charAt(n);
        }
        return (hash ^ hash >>> 16) & KEPT - 1;
    }
}
