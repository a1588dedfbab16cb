package dev.bayeux.cli.console;

/** Classifies characters that control a terminal, are invisible, or change the direction of the text. */
final class Invisible {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Invisible() {
    }

    /** Returns whether a character is a control character: of C0 or C1, or delete. */
    static boolean isControl(int c) {
        return c < ' ' || c >= 0x7f && c < 0xa0;
    }

    /**
     * Returns whether a character is invisible, ends the line, or changes the direction of the text after it. Does not
     * count the joiners, which emoji and several scripts need.
     */
    static boolean deceives(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Escapes a character as JSON does, each UTF-16 unit by itself. */
    static String escaped(int c) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            escaped.append("\\u%04x".formatted((int) unit));
        }
        return escaped.toString();
    }
}
