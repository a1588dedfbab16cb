package dev.bayeux.core.message;

/** Escape sequences in JSON strings (RFC 8259, section 7). */
final class Escapes {

    private static final String LETTERS = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";
    private static final int UNICODE_LENGTH = 6;

    private Escapes() {
    }

    /** Checks an escape sequence, which begins with a backslash at {@code place}, and returns its length with the backslash. */
    static int length(String text, int place, int end) {
        if (place + 1 < end && LETTERS.indexOf(text.charAt(place + 1)) >= 0) {
            return 2;
        }
        if (place + UNICODE_LENGTH <= end && text.charAt(place + 1) == 'u') {
            for (int n = place + 2; n < place + UNICODE_LENGTH; n++) {
                hex(text.charAt(n), n);
            }
            return UNICODE_LENGTH;
        }
        throw new NotJsonException("A string has an invalid escape at character " + place, place);
    }

    /** Decodes the escape sequences, which were checked, of a string without its quotes. */
    static String resolve(String text, int from, int to) {
        StringBuilder meant = new StringBuilder(to - from);
        int n = from;
        while (n < to) {
            char c = text.charAt(n);
            if (c != '\\') {
                meant.append(c);
                n++;
            } else if (text.charAt(n + 1) == 'u') {
                meant.append((char) Integer.parseInt(text, n + 2, n + UNICODE_LENGTH, 16));
                n += UNICODE_LENGTH;
            } else {
                meant.append(MEANINGS.charAt(LETTERS.indexOf(text.charAt(n + 1))));
                n += 2;
            }
        }
        return meant.toString();
    }

    private static void hex(char c, int place) {
        if ((c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')) {
            throw new NotJsonException("A string has an invalid escape at character " + place, place);
        }
    }
}
