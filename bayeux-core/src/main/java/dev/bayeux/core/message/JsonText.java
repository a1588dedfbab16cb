package dev.bayeux.core.message;

/** JSON text, written by hand: the envelopes of requests are small and flat. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {
    }

    /**
     * Appends a string with its quotes; what needs no escape, which mostly is all of it, at once.
     *
     * @return how many bytes more than characters it has in UTF-8, which costs least while each character is looked at
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
                more += moreBytes(c);
            }
        }
        to.append(text, written, text.length()).append('"');
        return more;
    }

    private static void escape(StringBuilder to, char c) {
        to.append('\\');
        if (c < ' ') {
            to.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
            to.append(c);
        }
    }

    /** Appends {@code "name":"text"}, after a comma if something stands before it. */
    static void field(StringBuilder to, String name, String text) {
        quote(name(to, name), text);
    }

    /** Appends {@code "name":}, after a comma if something stands before it. */
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

    /** For a character beyond ASCII. A surrogate pair is two of them and four bytes: two for each. */
    private static int moreBytes(char c) {
        return c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
}
