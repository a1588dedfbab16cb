package dev.bayeux.core.message;

/** Writes JSON text directly, since the envelopes of requests are small and flat. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";
    private static final int UNICODE_LENGTH = 6;

    private JsonText() {
    }

    /**
     * Appends a string with its quotes. Copies runs without escapes at once. Escapes a lone surrogate, since UTF-8 cannot
     * encode it (RFC 8259, section 8.2). Returns its bytes in UTF-8 minus its characters; counted here, where each character
     * is read anyway.
     */
    static int quote(StringBuilder to, String text) {
        to.append('"');
        int more = 0;
        int written = 0;
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c < ' ' || c == '"' || c == '\\') {
                escape(to.append(text, written, n), c);
                written = n + 1;
            } else if (c >= 0x80) {
                if (isLoneSurrogate(text, n)) {
                    unicode(to.append(text, written, n), c);
                    written = n + 1;
                } else {
                    more += moreBytes(c);
                }
            }
        }
        to.append(text, written, text.length()).append('"');
        return more;
    }

    /**
     * Escapes each lone surrogate of a JSON text, which can occur in strings only. A UTF-8 encoder would replace it with a
     * question mark. Returns the text itself if it has none.
     */
    static String wellFormed(String json) {
        StringBuilder to = null;
        int written = 0;
        for (int n = 0; n < json.length(); n++) {
            if (isLoneSurrogate(json, n)) {
                to = to == null ? new StringBuilder(json.length() + UNICODE_LENGTH) : to;
                unicode(to.append(json, written, n), json.charAt(n));
                written = n + 1;
            }
        }
        return to == null ? json : to.append(json, written, json.length()).toString();
    }

    private static boolean isLoneSurrogate(String text, int n) {
        char c = text.charAt(n);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? n + 1 == text.length() || !Character.isLowSurrogate(text.charAt(n + 1))
                : n == 0 || !Character.isHighSurrogate(text.charAt(n - 1));
    }

    private static void escape(StringBuilder to, char c) {
        if (c < ' ') {
            unicode(to, c);
        } else {
            to.append('\\').append(c);
        }
    }

    private static void unicode(StringBuilder to, char c) {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            to.append(HEX.charAt(c >> shift & 15));
        }
    }

    /** Appends {@code "name":"text"}, after a comma if it is not the first field. */
    static void field(StringBuilder to, String name, String text) {
        quote(name(to, name), text);
    }

    /** Appends {@code "name":}, after a comma if it is not the first field. */
    static StringBuilder name(StringBuilder to, String name) {
        if (!to.isEmpty() && to.charAt(to.length() - 1) != '{') {
            to.append(',');
        }
        return to.append('"').append(name).append("\":");
    }

    /** Counts the bytes of a text in UTF-8. */
    static int bytes(String text) {
        int bytes = text.length();
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c >= 0x80) {
                bytes += moreBytes(c);
            }
        }
        return bytes;
    }

    /** The additional bytes of a character that is not ASCII. Each half of a surrogate pair counts two bytes. */
    private static int moreBytes(char c) {
        return c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
}
