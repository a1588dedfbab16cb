package dev.bayeux.core.message;

/** Data as it will be sent: JSON text without lone surrogates, since UTF-8 cannot encode them, and its length in UTF-8. */
public record JsonData(String text, int bytes) {

    /** Escapes lone surrogates, and counts the bytes. */
    public static JsonData of(String text) {
        String wellFormed = JsonText.wellFormed(text);
        return new JsonData(wellFormed, JsonText.bytes(wellFormed));
    }

    /**
     * Takes text that a program has written. Throws if the text is not exactly one value; says where, and not what stands
     * there.
     */
    public static JsonData checked(String text) {
        JsonGrammar grammar = new JsonGrammar(text, text.length());
        int end = grammar.behindWhite(grammar.behindValue(0));
        if (end < text.length()) {
            throw grammar.invalid("Something follows the JSON value", end);
        }
        checkControls(text);
        return of(text);
    }

    /** The grammar lets control characters in strings pass, which a reader of the server may reject with all messages. */
    private static void checkControls(String text) {
        boolean inString = false;
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c == '"') {
                inString = !inString;
            } else if (c == '\\') {
                n++;
            } else if (c < ' ' && inString) {
                throw new NotJsonException(
                        "A control character stands in a string, without being escaped, at character "
                                + n + " of " + text.length(),
                        n);
            }
        }
    }
}
