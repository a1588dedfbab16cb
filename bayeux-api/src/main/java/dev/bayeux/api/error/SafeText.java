package dev.bayeux.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Makes text that a server, a proxy or an HTTP stack has chosen safe to show in an exception, a log, a recording or an
 * event. Control characters, line breaks, escape sequences, bidirectional marks and invisible characters become visible
 * escapes such as {@code \n} or {@code \u202e}. A long text is cut, with a note of its length. Cleaning a clean text
 * changes nothing. All methods are safe for any number of threads.
 *
 * <p>The exceptions of this package clean their own texts, {@link ServerError} its parts, and
 * {@link TransportException} the texts of its causes. A transport needs this class only if it puts such text into a
 * sentence, or writes its own log.
 *
 * <p>This class hides no secrets: never show a text that may contain a token, a cookie or a client id.
 */
public final class SafeText {

    /** The most characters that {@link #of(String)} shows of one text: {@value}. */
    public static final int MAX_CHARACTERS = 500;

    /** The most characters of the text of an exception of this library: {@value}. */
    public static final int MAX_MESSAGE_CHARACTERS = 2_000;

    private SafeText() {
    }

    /**
     * Cleans a text and shows at most {@value #MAX_CHARACTERS} characters of it.
     *
     * @param text any text; {@code null} counts as empty
     * @return the text, safe to show
     */
    public static String of(@Nullable String text) {
        return of(text, MAX_CHARACTERS);
    }

    /**
     * Cleans a text and limits its length.
     *
     * @param text any text; {@code null} counts as empty
     * @param max the most characters of the result, at least 40, which leaves room for the note of a cut
     * @return the text, safe to show
     * @throws IllegalArgumentException if {@code max} is less than 40
     */
    public static String of(@Nullable String text, int max) {
        if (max < 40) {
            throw new IllegalArgumentException("A text needs room for at least 40 characters, not " + max);
        }
        if (text == null || text.length() <= max && isPlain(text)) {
            return text == null ? "" : text;
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length() + 16, max + 16));
        int fits = 0;
        String note = "... (%s characters)".formatted(Integer.toString(text.length()));
        for (int n = 0; n < text.length();) {
            int c = text.codePointAt(n);
            append(clean, c);
            n += Character.charCount(c);
            if (clean.length() > max) {
                return clean.delete(fits, clean.length()).append(note).toString();
            }
            if (clean.length() <= max - note.length()) {
                fits = clean.length();
            }
        }
        return clean.toString();
    }

    /**
     * Says in one line why something failed.
     *
     * @param failure any failure
     * @return its message, or the name of its class if it has none, cleaned as by {@link #of(String)}
     */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : of(message);
    }

    /**
     * Makes invisible characters visible, whatever the length of the text. For text that was cut already.
     *
     * @param text any text
     * @return the text, in which the invisible characters are escaped
     */
    public static String visible(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(clean, c));
        return clean.toString();
    }

    private static boolean isPlain(String text) {
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c < ' ' || c > '~') {
                return text.codePoints().noneMatch(SafeText::isInvisible);
            }
        }
        return true;
    }

    private static void append(StringBuilder to, int c) {
        if (!isInvisible(c)) {
            to.appendCodePoint(c);
            return;
        }
        switch (c) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    to.append("\\u%04x".formatted((int) unit));
                }
            }
        }
    }

    private static boolean isInvisible(int c) {
        if (c >= ' ' && c <= '~') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> isIgnorable(c);
        };
    }

    /** Letters and marks that have no shape: fillers and selectors. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c >= 0x180B && c <= 0x180F
                || c == 0x3164 || c >= 0xFE00 && c <= 0xFE0F || c == 0xFFA0 || c >= 0xE0000 && c <= 0xE0FFF;
    }
}
